// The operands of instructions, by the letters that InstructionTable has for their kinds.

using System;
using System.Runtime.CompilerServices;

namespace Nestor.Kernel;

internal static unsafe class Operand
{
    /// <summary>Writes an operand. False when the field's value is not one of the kind.</summary>
    internal static bool Write(ShortText* text, InstructionFields* fields, byte kind, byte name)
    {
        uint value = InstructionFields.Get(fields, name);
        switch (kind)
        {
            case (byte)'R': return Register(text, value, InstructionFields.IsWide(fields), isStack: false);
            case (byte)'S': return Register(text, value, InstructionFields.IsWide(fields), isStack: true);
            case (byte)'W': return Register(text, value, isWide: false, isStack: false);
            case (byte)'X': return Register(text, value, isWide: true, isStack: false);
            case (byte)'P': return Register(text, value, isWide: true, isStack: true);
            case (byte)'T': return Register(text, value, fields->Word >> 30 == 3, isStack: false);
            case (byte)'G': return Register(text, value, (fields->Word >> 22 & 1) == 0, isStack: false);
            case (byte)'2': return Pair(text, value, InstructionFields.IsWide(fields));
            case (byte)'=': return value == InstructionFields.Get(fields, (byte)'m');
            case (byte)'#': return Number(text, value);
            case (byte)'^': ShortText.Decimal(text, value); return true;
            case (byte)'-': return Number(text, InstructionFields.GetSigned(fields, name));
            case (byte)'8': return Number(text, InstructionFields.GetSigned(fields, name) << 3);
            case (byte)'U': return Number(text, (long)value << (int)(fields->Word >> 30));
            case (byte)'J': return Number(text, InstructionFields.GetSigned(fields, name) << (int)(2 + (fields->Word >> 31)));
            case (byte)'H': return value == 0 ? Number(text, 0) : Hexadecimal(text, value);
            case (byte)'b': return Number(text, value + (InstructionFields.IsWide(fields) ? 32 : 0));
            case (byte)'B': return Place(text, fields->Address + (ulong)(InstructionFields.GetSigned(fields, name) << 2));
            case (byte)'A': return Place(text, fields->Address + (ulong)PageOffset(fields->Word));
            case (byte)'a': return Place(text, (fields->Address & ~0xfffUL) + (ulong)(PageOffset(fields->Word) << 12));
            case (byte)'C': return Condition(text, value);
            case (byte)'c': return value < 14 && Condition(text, value ^ 1);
            case (byte)'h': return Shift(text, fields, value);
            case (byte)'E': return Extended(text, fields, value);
            case (byte)'O': return Offset(text, fields, value);
            case (byte)'Y': return SystemRegister(text, value);
            default: return Immediate.Write(text, fields, kind, value);
        }
    }

    // Not inlined, this and its like: several spans in one method are zeroed with a vector register.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool Register(ShortText* text, uint number, bool isWide, bool isStack)
    {
        if (number == 31)
        {
            ShortText.Put(text, isStack ? (isWide ? "sp"u8 : "wsp"u8) : isWide ? "xzr"u8 : "wzr"u8);
            return true;
        }

        ShortText.Put(text, (byte)(isWide ? 'x' : 'w'));
        ShortText.Decimal(text, number);
        return true;
    }

    private static bool Pair(ShortText* text, uint number, bool isWide)
    {
        Register(text, number, isWide, isStack: false);
        ShortText.Put(text, ", "u8);
        return (number & 1) == 0 && Register(text, number + 1, isWide, isStack: false);
    }

    private static bool Number(ShortText* text, long value)
    {
        ShortText.Put(text, (byte)'#');
        ShortText.Decimal(text, value);
        return true;
    }

    private static bool Hexadecimal(ShortText* text, ulong value)
    {
        ShortText.Put(text, (byte)'#');
        return Place(text, value);
    }

    private static bool Place(ShortText* text, ulong value)
    {
        ShortText.Hex(text, value);
        return true;
    }

    // ADR and ADRP: bits 23 to 5, and 30 and 29 below them.
    private static long PageOffset(uint word) => ((long)(word >> 5 & 0x7_ffff) << 45 >> 43) | (word >> 29 & 3);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool Condition(ShortText* text, uint which) => Piece(text, "eqnehslomiplvsvchilsgeltgtlealnv"u8, which, 2);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool ShiftName(ShortText* text, uint which) => Piece(text, ", lsl, lsr, asr, ror"u8, which, 5);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool ExtensionName(ShortText* text, uint which) =>
        Piece(text, ", uxtb, uxth, uxtw, uxtx, sxtb, sxth, sxtw, sxtx"u8, which, 6);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool Piece(ShortText* text, ReadOnlySpan<byte> names, uint which, int length)
    {
        ShortText.Put(text, names.Slice((int)which * length, length));
        return true;
    }

    private static bool Amount(ShortText* text, uint amount)
    {
        ShortText.Put(text, (byte)' ');
        return Number(text, amount);
    }

    // A shifted register's: two bits of kind, six of amount.
    private static bool Shift(ShortText* text, InstructionFields* fields, uint value) =>
        value == 0 || (ShiftName(text, value >> 6) && Amount(text, value & 63) && (InstructionFields.IsWide(fields) || (value & 32) == 0));

    // An extended register: three bits of kind, three of amount. Beside the stack pointer the plain kind is called LSL, or nothing.
    private static bool Extended(ShortText* text, InstructionFields* fields, uint value)
    {
        const uint Stack = 31;
        bool isWide = InstructionFields.IsWide(fields);
        uint kind = value >> 3;
        uint amount = value & 7;
        bool setsFlags = (fields->Word >> 29 & 1) != 0;
        bool isStack = InstructionFields.Get(fields, (byte)'n') == Stack || (!setsFlags && InstructionFields.Get(fields, (byte)'d') == Stack);
        bool isPlain = isStack && kind == (isWide ? 3u : 2);
        Register(text, InstructionFields.Get(fields, (byte)'m'), isWide && (kind & 3) == 3, isStack: false);
        if (isPlain && amount != 0)
        {
            ShiftName(text, 0);
        }
        else if (!isPlain)
        {
            ExtensionName(text, kind);
        }

        return amount == 0 || (amount <= 4 && Amount(text, amount));
    }

    // A register as an offset: three bits of kind, one that says whether it is scaled.
    private static bool Offset(ShortText* text, InstructionFields* fields, uint value)
    {
        const uint Plain = 3;
        uint kind = value >> 1;
        bool isScaled = (value & 1) != 0;
        Register(text, InstructionFields.Get(fields, (byte)'m'), (kind & 1) != 0, isStack: false);
        if (kind != Plain)
        {
            ExtensionName(text, kind);
        }
        else if (isScaled)
        {
            ShiftName(text, 0);
        }

        return (kind & 2) != 0 && (!isScaled || Amount(text, fields->Word >> 30));
    }

    // Bit 19 of the word is op0's lower, in front of op1, CRn, CRm and op2. What the table of registers has not, has no name here.
    private static bool SystemRegister(ShortText* text, uint value)
    {
        uint encoding = value | (2 << 14);
        uint found = RegisterTable.Find(encoding);
        if (found != RegisterTable.Empty)
        {
            ShortText.Put(text, RegisterName.Of((Register)(found & ~(uint)RegisterTable.AliasFlag)));
            if ((found & RegisterTable.AliasFlag) != 0)
            {
                ShortText.Put(text, (byte)'2');
            }

            return true;
        }

        ShortText.Put(text, (byte)'S');
        ShortText.Decimal(text, encoding >> 14);
        Part(text, "_"u8, encoding >> 11 & 7);
        Part(text, "_C"u8, encoding >> 7 & 15);
        Part(text, "_C"u8, encoding >> 3 & 15);
        Part(text, "_"u8, encoding & 7);
        return true;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Part(ShortText* text, ReadOnlySpan<byte> name, uint value)
    {
        ShortText.Put(text, name);
        ShortText.Decimal(text, value);
    }
}
