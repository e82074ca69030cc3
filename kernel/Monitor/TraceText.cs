// An exit in words: its class, and of a system register access which register.

using System;

namespace Nestor.Kernel;

internal static unsafe class TraceText
{
    /// <summary>The class of a syndrome.</summary>
    internal static ReadOnlySpan<byte> Class(ulong syndrome)
    {
        if ((syndrome >> 26 & 0x3f) == TraceRing.Classes - 1)
        {
            return "interrupt"u8;
        }

        return ExceptionClassName.Of(syndrome);
    }

    /// <summary>The name of the system register that an access trapped on; empty for other exits and unknown encodings.</summary>
    internal static ReadOnlySpan<byte> Register(ulong syndrome)
    {
        if ((ExceptionClass)(syndrome >> 26) != ExceptionClass.SystemRegister)
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
}
