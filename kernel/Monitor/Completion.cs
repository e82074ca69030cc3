// Completion of the word at the cursor: a command, a word of the command's arguments, a kind of address, a guest, a vCPU, or a
// register, from the tables that the commands themselves use.

using System;
using System.Runtime.CompilerServices;
using Nestor.Hal;

namespace Nestor.Kernel;

/// <summary>What the word at the cursor may become.</summary>
public static unsafe class Completion
{
    private static ShortText s_first;
    private static ShortText s_vcpu;

    /// <summary>Completes as far as all that fits agrees, with a space behind it when only one thing fits and is a whole word.</summary>
    /// <returns>How many things fit.</returns>
    public static uint Complete(LineEditor* editor)
    {
        int start = WordStart(editor);
        int typed = editor->Cursor - start;
        uint count = 0;
        int common = 0;
        ShortText* first = (ShortText*)Unsafe.AsPointer(ref s_first);
        for (uint i = 0; TryCandidate(editor, start, i, out byte* text, out int length); i++)
        {
            if (text == null)
            {
                continue;
            }

            if (count++ == 0)
            {
                common = Keep(first, text, length);
            }
            else
            {
                common = Common(first->Bytes, common, text, length);
            }
        }

        for (int i = typed; i < common; i++)
        {
            LineEditor.Insert(editor, first->Bytes[i]);
        }

        // The address follows its kind at once.
        if (count == 1 && first->Bytes[first->Length - 1] != ':')
        {
            LineEditor.Insert(editor, (byte)' ');
        }

        return count;
    }

    /// <summary>Writes all that fits. Under the console's lock.</summary>
    public static void List(LineEditor* editor)
    {
        int start = WordStart(editor);
        uint shown = 0;
        for (uint i = 0; TryCandidate(editor, start, i, out byte* text, out int length); i++)
        {
            if (text != null)
            {
                Console.Write(shown++ == 0 ? ""u8 : "  "u8);
                Console.Write(new ReadOnlySpan<byte>(text, length));
            }
        }
    }

    // The candidate of a number; null for one that does not fit. False behind the last.
    private static bool TryCandidate(LineEditor* editor, int start, uint index, out byte* text, out int length)
    {
        ReadOnlySpan<byte> candidate = Candidate(editor, start, index);
        text = null;
        length = candidate.Length;
        if (length == 0)
        {
            return false;
        }

        if (Letters.IsStart(new ReadOnlySpan<byte>(editor->Line + start, editor->Cursor - start), candidate))
        {
            text = (byte*)Unsafe.AsPointer(in candidate[0]);
        }

        return true;
    }

    private static ReadOnlySpan<byte> Candidate(LineEditor* editor, int start, uint index)
    {
        int commandStart = 0;
        Skip(editor, ref commandStart);
        int commandEnd = WordEnd(editor, commandStart);
        if (commandEnd < start && Letters.AreEqual(new ReadOnlySpan<byte>(editor->Line + commandStart, commandEnd - commandStart), "json"u8))
        {
            commandStart = commandEnd;
            Skip(editor, ref commandStart);
            commandEnd = WordEnd(editor, commandStart);
        }

        if (start <= commandStart)
        {
            return CommandTable.Name(index);
        }

        return Argument(new ReadOnlySpan<byte>(editor->Line + commandStart, commandEnd - commandStart), index);
    }

    // A candidate may be a text that the next one overwrites.
    private static int Keep(ShortText* kept, byte* text, int length)
    {
        kept->Length = 0;
        ShortText.Put(kept, new ReadOnlySpan<byte>(text, length));
        return kept->Length;
    }

    // Behind a command: the small words of its arguments first, then what the arguments speak of.
    private static ReadOnlySpan<byte> Argument(ReadOnlySpan<byte> command, uint index)
    {
        for (uint row = 0; !CommandTable.Name(row).IsEmpty; row++)
        {
            if (Letters.AreEqual(command, CommandTable.Name(row)))
            {
                return Argument(row, index);
            }
        }

        return default;
    }

    private static ReadOnlySpan<byte> Argument(uint row, uint index)
    {
        ReadOnlySpan<byte> keyword = Keyword(CommandTable.Arguments(row), ref index);
        if (!keyword.IsEmpty)
        {
            return keyword;
        }

        return Thing(row, index);
    }

    // Not inlined, this and its like: several spans in one method are zeroed with a vector register.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ReadOnlySpan<byte> Thing(uint row, uint index)
    {
        if (Mentions(row, "SPACE:"u8))
        {
            return AddressWord.Prefix(index);
        }

        return Mentions(row, "VM/NUMBER"u8) ? Vcpu(index) : MachineOrRegister(row, index);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ReadOnlySpan<byte> MachineOrRegister(uint row, uint index)
    {
        if (Mentions(row, "VM"u8) && index < Machines.Count)
        {
            return VirtualMachine.NameOf(Machines.At(index));
        }

        return Mentions(row, "REGISTER"u8) && index < (uint)Register.Count ? RegisterName.Of((Register)index) : default;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ReadOnlySpan<byte> Vcpu(uint index)
    {
        uint number = 0;
        while (number < Machines.Count && index >= Machines.At(number)->VcpuCount)
        {
            index -= Machines.At(number++)->VcpuCount;
        }

        if (number == Machines.Count)
        {
            return default;
        }

        ShortText* text = (ShortText*)Unsafe.AsPointer(ref s_vcpu);
        text->Length = 0;
        ShortText.Put(text, VirtualMachine.NameOf(Machines.At(number)));
        ShortText.Put(text, (byte)'/');
        ShortText.Decimal(text, index);
        return new ReadOnlySpan<byte>(text->Bytes, text->Length);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ReadOnlySpan<byte> Keyword(ReadOnlySpan<byte> arguments, scoped ref uint index)
    {
        int at = 0;
        while (Word(arguments, ref at, out bool isKeyword, out int start))
        {
            if (isKeyword && index-- == 0)
            {
                return arguments.Slice(start, at - start);
            }
        }

        return default;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool Mentions(uint row, ReadOnlySpan<byte> what)
    {
        ReadOnlySpan<byte> arguments = CommandTable.Arguments(row);
        for (int i = 0; i < arguments.Length; i++)
        {
            if (Letters.IsStart(what, arguments.Slice(i)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Word(ReadOnlySpan<byte> text, ref int at, out bool isKeyword, out int start)
    {
        while (at < text.Length && !IsLetter(text[at]))
        {
            at++;
        }

        start = at;
        while (at < text.Length && IsLetter(text[at]))
        {
            at++;
        }

        isKeyword = start < at && text[start] >= 'a' && text[start] <= 'z';
        return start < at;
    }

    private static bool IsLetter(byte value) => value is (>= (byte)'a' and <= (byte)'z') or (>= (byte)'A' and <= (byte)'Z') or (>= (byte)'0' and <= (byte)'9');

    private static int Common(byte* one, int length, byte* two, int otherLength)
    {
        int common = 0;
        while (common < length && common < otherLength && (one[common] | 0x20) == (two[common] | 0x20))
        {
            common++;
        }

        return common;
    }

    private static int WordStart(LineEditor* editor)
    {
        int start = editor->Cursor;
        while (start > 0 && editor->Line[start - 1] != ' ')
        {
            start--;
        }

        return start;
    }

    private static int WordEnd(LineEditor* editor, int at)
    {
        while (at < editor->Length && editor->Line[at] != ' ')
        {
            at++;
        }

        return at;
    }

    private static void Skip(LineEditor* editor, ref int at)
    {
        while (at < editor->Length && editor->Line[at] == ' ')
        {
            at++;
        }
    }
}
