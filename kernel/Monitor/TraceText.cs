// An exit in words: its class, and of a system register access which register.

using System;

namespace Nestor.Kernel;

internal static unsafe class TraceText
{
    /// <summary>The class of a syndrome.</summary>
    internal static ReadOnlySpan<byte> Class(ulong syndrome)
    {
        if ((int)Syndrome.Class(syndrome) == TraceRing.Classes - 1)
        {
            return "interrupt"u8;
        }

        return ExceptionClassName.Of(syndrome);
    }

    /// <summary>The name of the system register that an access trapped on; empty for other exits and unknown encodings.</summary>
    internal static ReadOnlySpan<byte> Register(ulong syndrome)
    {
        if (Syndrome.Class(syndrome) != ExceptionClass.SystemRegister)
        {
            return default;
        }

        uint found = RegisterTable.Find(SystemRegisterTrap.Encoding(syndrome));
        if (found == RegisterTable.Empty)
        {
            return default;
        }

        return RegisterName.Of((Register)(found & ~(uint)RegisterTable.AliasFlag));
    }

    /// <summary>The level of an exit.</summary>
    internal static ReadOnlySpan<byte> Level(TraceRecord* record)
    {
        if (TraceRing.ContextOf(record) != Context.El1)
        {
            return "EL2"u8;
        }

        return (record->Pstate & 0xf) == 0 ? "EL0"u8 : "EL1"u8;
    }

    /// <summary>Why an exception return was illegal (Arm ARM D1.4.4).</summary>
    /// <param name="spsr">What SPSR_EL2 was.</param>
    internal static ReadOnlySpan<byte> Illegal(ulong spsr)
    {
        if ((spsr & Pstate.AArch32) != 0)
        {
            return "SPSR_EL2.M is AArch32's, and above EL0"u8;
        }

        return (spsr & Pstate.ModeMask) is Pstate.El1h or Pstate.El1t
            ? "SPSR_EL2.M is EL1, and HCR_EL2.TGE or a clear HCR_EL2.RW forbids that"u8 : "SPSR_EL2.M is no level of EL2 or below"u8;
    }
}
