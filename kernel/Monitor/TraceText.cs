// An exit in words: its class, and of a system register access or instruction its name.

using System;
using System.Runtime.CompilerServices;

namespace Nestor.Kernel;

internal static unsafe class TraceText
{
    private static ShortText s_text;

    /// <summary>The class of a syndrome.</summary>
    internal static ReadOnlySpan<byte> Class(ulong syndrome)
    {
        if ((int)Syndrome.Class(syndrome) == TraceRing.Classes - 1)
        {
            return "interrupt"u8;
        }

        return ExceptionClassName.Of(syndrome);
    }

    /// <summary>
    /// The name of the system register or instruction that trapped, by its encoding if it has no name; empty for other exits.
    /// Good until the next one is asked for.
    /// </summary>
    internal static ReadOnlySpan<byte> Register(ulong syndrome)
    {
        if (Syndrome.Class(syndrome) != ExceptionClass.SystemRegister)
        {
            return default;
        }

        uint encoding = SystemRegisterTrap.Encoding(syndrome);
        if (!EncodingName.Of(encoding).IsEmpty)
        {
            return EncodingName.Of(encoding);
        }

        uint found = RegisterTable.Find(encoding);
        return found == RegisterTable.Empty ? Nameless(encoding) : RegisterName.Of((Register)(found & ~(uint)RegisterTable.AliasFlag));
    }

    // As assemblers write it: S3_0_C15_C2_0.
    private static ReadOnlySpan<byte> Nameless(uint encoding)
    {
        ShortText* text = (ShortText*)Unsafe.AsPointer(ref s_text);
        text->Length = 0;
        Part(text, "S"u8, encoding >> 14);
        Part(text, "_"u8, encoding >> 11 & 7);
        Part(text, "_C"u8, encoding >> 7 & 15);
        Part(text, "_C"u8, encoding >> 3 & 15);
        Part(text, "_"u8, encoding & 7);
        return new ReadOnlySpan<byte>(text->Bytes, text->Length);
    }

    private static void Part(ShortText* text, ReadOnlySpan<byte> prefix, uint number)
    {
        ShortText.Put(text, prefix);
        ShortText.Decimal(text, number);
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
