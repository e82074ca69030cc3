// gdb's numbers for registers, and their values. What virtual EL2 and its guest call sp, pc and cpsr is the same number: where the
// vCPU is decides whose they are.
//
//   0-30 x0-x30   31 sp   32 pc   33 cpsr   34-65 v0-v31   66 fpsr   67 fpcr   68 and up: the rows of the register table

namespace Nestor.Kernel;

internal static unsafe class GdbRegisters
{
    internal const uint StackPointer = 31;
    internal const uint Pc = 32;
    internal const uint Cpsr = 33;
    internal const uint FirstVector = 34;
    internal const uint Fpsr = 66;
    internal const uint Fpcr = 67;
    internal const uint FirstSystem = 68;

    /// <summary>Bytes of the longest.</summary>
    internal const int VectorSize = 16;

    /// <summary>Whether gdb is told of a row: those that a vCPU has, and those that follow from others.</summary>
    internal static bool IsShown(uint row) => (RegisterKind)RegisterTable.Kinds[(int)row] switch
    {
        RegisterKind.Host or RegisterKind.Id => DerivedRegisters.Has((Register)row),
        _ => true,
    };

    /// <summary>Bytes of a register; 0 when there is none of this number.</summary>
    internal static int Size(ulong number)
    {
        if (number - FirstVector < 32)
        {
            return VectorSize;
        }

        if (number is Cpsr or Fpsr or Fpcr)
        {
            return 4;
        }

        return number < FirstSystem || (number - FirstSystem < (ulong)Register.Count && IsShown((uint)(number - FirstSystem))) ? 8 : 0;
    }

    /// <summary>Writes a register of a known number.</summary>
    internal static void Put(PacketWriter* reply, VirtualCpu* vcpu, ulong number)
    {
        if (number - FirstVector < 32)
        {
            ulong* vector = VectorState.Vector(vcpu, (uint)(number - FirstVector));
            PacketWriter.Value(reply, vector[0], 8);
            PacketWriter.Value(reply, vector[1], 8);
            return;
        }

        PacketWriter.Value(reply, Get(vcpu, number), Size(number));
    }

    /// <summary>Takes a value from a packet. False when it is incomplete, or the register cannot be written.</summary>
    internal static bool TryTake(PacketCursor* packet, VirtualCpu* vcpu, ulong number)
    {
        int size = Size(number);
        if (!PacketCursor.TryValue(packet, size > 8 ? 8 : size, out ulong value) || !VcpuHold.IsParked(vcpu))
        {
            return false;
        }

        if (number - FirstVector < 32)
        {
            ulong* vector = VectorState.Vector(vcpu, (uint)(number - FirstVector));
            vector[0] = value;
            return PacketCursor.TryValue(packet, 8, out vector[1]);
        }

        switch (number)
        {
            case Fpsr:
                *VectorState.StatusRegister(vcpu) = value;
                return true;
            case Fpcr:
                *VectorState.ControlRegister(vcpu) = value;
                return true;
            default:
                return VcpuView.TrySet(vcpu, Id(vcpu, number), value);
        }
    }

    private static ulong Get(VirtualCpu* vcpu, ulong number)
    {
        switch (number)
        {
            case Fpsr:
                return *VectorState.StatusRegister(vcpu);
            case Fpcr:
                return *VectorState.ControlRegister(vcpu);
            case >= FirstSystem when DerivedRegisters.Has((Register)(number - FirstSystem)):
                return DerivedRegisters.Read(vcpu, (Register)(number - FirstSystem));
            default:
                VcpuView.TryGet(vcpu, Id(vcpu, number), out ulong value);
                return value;
        }
    }

    // Of those that have one; what follows from others has none.
    private static ulong Id(VirtualCpu* vcpu, ulong number)
    {
        switch (number)
        {
            case < StackPointer:
                return RegisterId.General + number;
            case StackPointer:
                return RegisterId.Of(VcpuView.StackPointer(vcpu));
            case Pc:
                return RegisterId.General + RegisterId.Pc;
            case Cpsr:
                return RegisterId.General + RegisterId.PstateNumber;
            default:
                return RegisterId.Of((Register)(number - FirstSystem));
        }
    }
}
