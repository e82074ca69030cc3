// A64 as text, as LLVM writes it, by InstructionTable. Vector and matrix instructions are not in it: they, and what is nothing at
// all, are shown as words. Slow, for a person who reads a screen of it.

using System.Runtime.CompilerServices;

namespace Nestor.Kernel;

/// <summary>One instruction at a time.</summary>
public static unsafe class Disassembler
{
    /// <summary>Writes an instruction.</summary>
    /// <param name="text">What it is written to; what was there is gone.</param>
    /// <param name="word">The instruction.</param>
    /// <param name="address">Where it is, for those that name a place relative to their own.</param>
    /// <returns>False when it is unknown and was written as a word.</returns>
    public static bool Write(ShortText* text, uint word, ulong address)
    {
        InstructionFields fields;
        fields.Word = word;
        fields.Address = address;
        byte* at = (byte*)Unsafe.AsPointer(in InstructionTable.Rows[0]);
        byte* end = at + InstructionTable.Rows.Length;
        for (; at < end; at = NextRow(at, end))
        {
            fields.Bits = at;
            byte* format = Match(at, word);
            if (format == null)
            {
                continue;
            }

            if (*format == '-')
            {
                break;
            }

            text->Length = 0;
            if (Format(text, &fields, format, end))
            {
                return true;
            }
        }

        text->Length = 0;
        ShortText.Put(text, ".inst "u8);
        ShortText.Hex(text, word, 8);
        return false;
    }

    private static byte* NextRow(byte* at, byte* end)
    {
        while (at < end && *at != '\n')
        {
            at++;
        }

        return at + 1;
    }

    // The text behind the bits, or null when a fixed bit is another.
    private static byte* Match(byte* row, uint word)
    {
        for (int bit = 31; bit >= 0; row++)
        {
            if (*row is (byte)'0' or (byte)'1' && (word >> bit & 1) != *row - (uint)'0')
            {
                return null;
            }

            bit -= *row == ' ' ? 0 : 1;
        }

        while (*row == ' ')
        {
            row++;
        }

        return row;
    }

    private static bool Format(ShortText* text, InstructionFields* fields, byte* at, byte* end)
    {
        bool isHidden = false;
        for (; at < end && *at != '\n'; at++)
        {
            switch (*at)
            {
                case (byte)'<':
                    isHidden = InstructionFields.Get(fields, at[1]) == 0;
                    at += 2;
                    break;
                case (byte)'>':
                    isHidden = false;
                    break;
                case (byte)'{':
                    if (!Choose(text, at, InstructionFields.Get(fields, at[1]), isHidden))
                    {
                        return false;
                    }

                    at = Behind(at);
                    break;
                case (byte)'%':
                    if (!isHidden && !Operand.Write(text, fields, at[1], at[2]))
                    {
                        return false;
                    }

                    at += 2;
                    break;
                default:
                    if (!isHidden)
                    {
                        ShortText.Put(text, *at);
                    }

                    break;
            }
        }

        return true;
    }

    // {f=A|B|C}
    private static bool Choose(ShortText* text, byte* at, uint which, bool isHidden)
    {
        for (at += 3; which != 0; at++)
        {
            which -= *at == '|' ? 1u : 0;
        }

        if (*at == '!')
        {
            return false;
        }

        for (; *at != '|' && *at != '}' && !isHidden; at++)
        {
            ShortText.Put(text, *at);
        }

        return true;
    }

    private static byte* Behind(byte* at)
    {
        while (*at != '}')
        {
            at++;
        }

        return at;
    }
}
