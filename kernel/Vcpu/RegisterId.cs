// The outside's name for a register: a 64-bit number that never changes, whatever the layout inside becomes. Whoever is
// outside (a console, a debugger, a snapshot) reads and writes registers one at a time by it, and can list the numbers.
//
//   63      56 55      48 47          32 31                 0
//   +---------+----------+--------------+--------------------+
//   |  0x60   | log2 of  |    class     |       number       |
//   |  arm64  | the bytes|              |                    |
//   +---------+----------+--------------+--------------------+
//   class 0, general:  0 to 30 are x0 to x30, 31 the PC, 32 PSTATE (virtual EL2 shown as EL2)
//   class 1, system:   op0:op1:CRn:CRm:op2 packed in 16 bits, as the register table has it

using System.Runtime.CompilerServices;

namespace Nestor.Kernel;

/// <summary>Registers by stable id.</summary>
public static unsafe class RegisterId
{
    /// <summary>arm64, 8 bytes, class 0.</summary>
    public const ulong General = 0x6003_0000_0000_0000;

    /// <summary>arm64, 8 bytes, class 1.</summary>
    public const ulong SystemRegister = 0x6003_0001_0000_0000;

    /// <summary>Number of the PC among the general registers.</summary>
    public const uint Pc = 31;

    /// <summary>Number of PSTATE.</summary>
    public const uint PstateNumber = 32;

    private const uint GeneralCount = 33;

    /// <summary>The id of a row of the register table.</summary>
    public static ulong Of(Register register) => SystemRegister | RegisterTable.Encodings[(int)register];

    /// <summary>The id after <paramref name="id"/> in the list, which 0 begins; 0 at the end.</summary>
    public static ulong Next(ulong id)
    {
        if (id == 0)
        {
            return General;
        }

        if (id - General < GeneralCount - 1)
        {
            return id + 1;
        }

        uint row = id == General + GeneralCount - 1 ? 0 : TryRegister(id, out Register found) ? (uint)found + 1 : (uint)Register.Count;
        for (; row < (uint)Register.Count; row++)
        {
            if (HasValue((Register)row))
            {
                return Of((Register)row);
            }
        }

        return 0;
    }

    /// <summary>Reads a register. False when there is none of this id. Only on the CPU that owns the vCPU.</summary>
    public static bool TryGet(VirtualCpu* vcpu, ulong id, out ulong value)
    {
        ulong number = id - General;
        value = 0;
        if (number < GeneralCount)
        {
            value = number < Pc ? vcpu->X[number] : number == Pc ? vcpu->Pc : Exceptions.GuestPstate(vcpu);
            return true;
        }

        if (!TryRegister(id, out Register register))
        {
            return false;
        }

        value = RegisterAccess.Read(vcpu, register);
        return true;
    }

    /// <summary>
    /// Writes a register. False when there is none of this id, or for a PSTATE that would change the exception level, which
    /// takes an exception or a return, or an HCR_EL2 with which there is no such level. Only on the CPU that owns the vCPU.
    /// </summary>
    public static bool TrySet(VirtualCpu* vcpu, ulong id, ulong value)
    {
        ulong number = id - General;
        if (number < GeneralCount)
        {
            return TrySetGeneral(vcpu, (uint)number, value);
        }

        if (!TryRegister(id, out Register register))
        {
            return false;
        }

        if (register == Register.HCR_EL2 && !IsPossible(vcpu, value))
        {
            return false;
        }

        RegisterAccess.Write(vcpu, register, value);
        return true;
    }

    /// <summary>
    /// Whether a vCPU can be where it is with this HCR_EL2: not at EL1 below a guest hypervisor with TGE (Arm ARM D1.3.5), to which
    /// hardware allows no return.
    /// </summary>
    public static bool IsPossible(VirtualCpu* vcpu, ulong hcr) =>
        !vcpu->IsNested || (hcr & Hcr.TGE) == 0 || (vcpu->Pstate & Pstate.ModeMask) is not (Pstate.El1t or Pstate.El1h);

    private static bool TrySetGeneral(VirtualCpu* vcpu, uint number, ulong value)
    {
        if (number < Pc)
        {
            vcpu->X[number] = value;
            return true;
        }

        if (number == Pc)
        {
            vcpu->Pc = value;
            return true;
        }

        if (((value ^ Exceptions.GuestPstate(vcpu)) & Pstate.ModeMask) != 0)
        {
            return false;
        }

        vcpu->Pstate = (value & Pstate.Restored & ~Pstate.ModeMask) | (vcpu->Pstate & Pstate.ModeMask);
        return true;
    }

    /// <summary>The row of an id; false for general registers and for ids that name nothing.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static bool TryRegister(ulong id, out Register register)
    {
        uint found = (id >> 16) == SystemRegister >> 16 ? RegisterTable.Find((uint)(id & 0xffff)) : RegisterTable.Empty;
        register = (Register)found;
        return found < RegisterTable.AliasFlag && HasValue(register);
    }

    private static bool HasValue(Register register) =>
        (RegisterKind)RegisterTable.Kinds[(int)register] is not (RegisterKind.Host or RegisterKind.Id);
}
