// A vCPU's registers one at a time, wherever the value is at this moment: in hardware, converted in hardware, or stored.
// Traps, the console and everything outside come through here; nothing outside sees the layout.

using System.Runtime.CompilerServices;
using Nestor.Hal;

namespace Nestor.Kernel;

/// <summary>Reading and writing a register by its row.</summary>
public static unsafe class RegisterAccess
{
    /// <summary>The register's value as the guest would read it. Only on the CPU that owns the vCPU.</summary>
    public static ulong Read(VirtualCpu* vcpu, Register register)
    {
        if (vcpu->Cpu->Loaded == vcpu)
        {
            RegisterKind kind = (RegisterKind)RegisterTable.Kinds[(int)register];
            if (kind == RegisterKind.Common || (kind == RegisterKind.El1 && IsInHardware(vcpu, register)))
            {
                return RegisterBanks.ReadHardware(register);
            }

            if (kind is RegisterKind.El2 or RegisterKind.Special && IsShadowed(vcpu, register) && !IsConverted(vcpu, register))
            {
                ulong value = RegisterBanks.ReadShadow(register);
                return register == Register.SPSR_EL2 ? SpecialRegisters.ShowSpsr(vcpu, value) : value;
            }
        }

        return *Stored(vcpu, register);
    }

    /// <summary>Writes the bits that the register has. Only on the CPU that owns the vCPU.</summary>
    public static void Write(VirtualCpu* vcpu, Register register, ulong value)
    {
        ulong mask = RegisterTable.Masks[(int)register];
        value = (value & mask) | (RegisterTable.Resets[(int)register] & ~mask);
        if (vcpu->Cpu->Loaded != vcpu)
        {
            *Stored(vcpu, register) = value;
            SelfHostedDebug.Count(vcpu);
            return;
        }

        switch ((RegisterKind)RegisterTable.Kinds[(int)register])
        {
            case RegisterKind.Common:
                RegisterBanks.WriteHardware(register, value);
                break;
            case RegisterKind.El1 when IsInHardware(vcpu, register):
                RegisterBanks.WriteHardware(register, value);
                break;
            case RegisterKind.El2 when IsShadowed(vcpu, register):
            case RegisterKind.Special when IsShadowed(vcpu, register):
                *Stored(vcpu, register) = value;
                if (vcpu->Context == Context.HypervisorVhe)
                {
                    RegisterBanks.WriteShadowVhe(register, register == Register.SCTLR_EL2 && vcpu->HidesSpan ? value | PanOnEntry.Span : value);
                }
                else
                {
                    RegisterBanks.WriteShadowNvhe(register, register == Register.SPSR_EL2 ? SpecialRegisters.HideSpsr(vcpu, value) : value);
                }

                break;
            case RegisterKind.Debug:
                *Stored(vcpu, register) = value;
                SelfHostedDebug.Count(vcpu);
                break;
            default:
                *Stored(vcpu, register) = value;
                break;
        }
    }

    /// <summary>Where the register's value is kept while it is not in hardware; the register must have storage.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong* Stored(VirtualCpu* vcpu, Register register) => (ulong*)((byte*)vcpu + RegisterTable.Offsets[(int)register]);

    // Hardware has it in another format, so what was written is kept beside it.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsConverted(VirtualCpu* vcpu, Register register) =>
        (vcpu->Context == Context.HypervisorNvhe && RegisterTable.Shadowed[(int)register] == 2)
        || (register == Register.SCTLR_EL2 && vcpu->HidesSpan);

    // Outside EL1's own context: those without a place in the VNCR page (a negative offset), at E2H=0.
    private static bool IsInHardware(VirtualCpu* vcpu, Register register) =>
        vcpu->Context == Context.El1 || (vcpu->Context == Context.HypervisorNvhe && RegisterTable.Offsets[(int)register] >= 0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsShadowed(VirtualCpu* vcpu, Register register) =>
        vcpu->Context != Context.El1 && RegisterTable.Shadowed[(int)register] != 0;
}
