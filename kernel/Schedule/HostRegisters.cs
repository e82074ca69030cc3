// EL2 registers that change with the context and that only Nestor writes. What each CPU's hold is remembered, because to write
// them costs QEMU much, and to read them is a trap when Nestor is a guest itself.

using Nestor.Hal;

namespace Nestor.Kernel;

/// <summary>Writes to EL2 registers that leave an equal value alone. Only for the CPU that runs this.</summary>
public static unsafe class HostRegisters
{
    /// <summary>CPTR_EL2.</summary>
    public static void SetCptr(PerCpu* cpu, ulong value)
    {
        if (cpu->Cptr != value)
        {
            cpu->Cptr = value;
            SystemRegisters.CPTR_EL2 = value;
        }
    }

    /// <summary>MDCR_EL2.</summary>
    public static void SetMdcr(PerCpu* cpu, ulong value)
    {
        if (cpu->Mdcr != value)
        {
            cpu->Mdcr = value;
            SystemRegisters.MDCR_EL2 = value;
        }
    }

    /// <summary>CNTHCTL_EL2.</summary>
    public static void SetCounterControl(PerCpu* cpu, ulong value)
    {
        if (cpu->CounterControl != value)
        {
            cpu->CounterControl = value;
            SystemRegisters.CNTHCTL_EL2 = value;
        }
    }

    /// <summary>ZCR_EL2 and SMCR_EL2, as far as the CPU has them.</summary>
    public static void SetVectorLengths(PerCpu* cpu, ulong vectors, ulong streaming)
    {
        if (Features.Sve && cpu->VectorLength != vectors)
        {
            cpu->VectorLength = vectors;
            SystemRegisters.ZCR_EL2 = vectors;
        }

        if (Features.Sme && cpu->StreamingLength != streaming)
        {
            cpu->StreamingLength = streaming;
            SystemRegisters.SMCR_EL2 = streaming;
        }
    }

    /// <summary>Remembers what the hardware holds.</summary>
    public static void Read(PerCpu* cpu)
    {
        cpu->Cptr = SystemRegisters.CPTR_EL2;
        cpu->Mdcr = SystemRegisters.MDCR_EL2;
        cpu->CounterControl = SystemRegisters.CNTHCTL_EL2;
        cpu->VectorLength = Features.Sve ? SystemRegisters.ZCR_EL2 : 0;
        cpu->StreamingLength = Features.Sme ? SystemRegisters.SMCR_EL2 : 0;
        cpu->TimerDeadline = ulong.MaxValue;
    }
}
