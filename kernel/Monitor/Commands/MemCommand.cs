// `mem`: memory at any kind of address. Everything is checked: what is not mapped, or is a device's, is an error and not an abort.

using System;
using System.Runtime.CompilerServices;

namespace Nestor.Kernel;

internal unsafe struct MemCommand : IMonitorCommand
{
    private const ulong Most = 4096;
    private const ulong MostSearched = 1 << 20;
    private const ulong RowSize = 16;

    private static GuestBytes s_window;
    private static RowBuffer s_row;

    public static ReadOnlySpan<byte> Name => "mem"u8;

    public static ReadOnlySpan<byte> Arguments => "[SPACE:]ADDRESS [COUNT] | ADDRESS = VALUE [SIZE] | search ADDRESS COUNT TEXT | disassemble [ADDRESS [COUNT]]"u8;

    public static ReadOnlySpan<byte> Summary => "memory: read, write (8 bytes or SIZE), search, disassemble; el1: el2: l2ipa: ipa: host: in front of an address"u8;

    public static void Run(Words* words)
    {
        bool isSearch = Words.Is(words, 1, "search"u8);
        bool isCode = Words.Is(words, 1, "disassemble"u8);
        bool isWrite = !isSearch && !isCode && Words.Is(words, 2, "="u8);
        int most = isSearch ? MostOfSearch(words) : isCode ? 4 : isWrite ? 5 : 3;
        if (!CommandTable.IsEnd(words, most))
        {
            return;
        }

        VirtualCpu* vcpu = Session.Hold();
        if (isSearch)
        {
            Search(vcpu, words);
        }
        else if (isCode)
        {
            CodeOutput.List(vcpu, words);
        }
        else if (isWrite)
        {
            Write(vcpu, words);
        }
        else if (words->Count > 1)
        {
            Read(vcpu, words);
        }
        else
        {
            Output.Error("mem needs an address"u8);
        }

        Session.Release();
    }

    // Text without quotes is the rest of the line.
    private static int MostOfSearch(Words* words) => Words.IsQuoted(words, 4) ? 5 : Words.Maximum;

    private static bool Open(VirtualCpu* vcpu, ReadOnlySpan<byte> word, bool isWritten, out ulong address)
    {
        bool isRead = AddressWord.TryRead(vcpu, word, out AddressSpace space, out address);
        GuestBytes.Open(Window, vcpu, space, isWritten);
        return isRead;
    }

    private static GuestBytes* Window => (GuestBytes*)Unsafe.AsPointer(ref s_window);

    private static byte* RowBytes => ((RowBuffer*)Unsafe.AsPointer(ref s_row))->Bytes;

    private static void Read(VirtualCpu* vcpu, Words* words)
    {
        ulong count = 64;
        if (!Open(vcpu, Words.At(words, 1), isWritten: false, out ulong address)
            || (words->Count == 3 && !Expression.TryValue(vcpu, Words.At(words, 2), out count)))
        {
            return;
        }

        if (count - 1 >= Most)
        {
            Output.Error("1 to 4096 bytes at a time, not"u8, Words.At(words, 2));
            return;
        }

        if (GuestBytes.At(Window, address) == null)
        {
            GuestBytes.Refuse(Window, Words.At(words, 1));
            return;
        }

        Session.Warn();
        Output.List("rows"u8);
        for (ulong done = 0; done < count; done += RowSize)
        {
            Row(address + done, count - done < RowSize ? count - done : RowSize);
        }
    }

    // A row ends where memory does.
    private static void Row(ulong address, ulong count)
    {
        byte* row = RowBytes;
        ulong length = 0;
        for (; length < count; length++)
        {
            byte* at = GuestBytes.At(Window, address + length);
            if (at == null)
            {
                break;
            }

            row[length] = *at;
        }

        Output.Row();
        Output.HexCell("address"u8, address);
        if (length == 0)
        {
            Output.Cell("bytes"u8, "not mapped"u8);
            return;
        }

        Output.Bytes("bytes"u8, row, (int)length, (int)RowSize);
        Output.Cell("text"u8, new ReadOnlySpan<byte>(row, (int)length));
    }

    private static void Write(VirtualCpu* vcpu, Words* words)
    {
        ulong size = 8;
        if (!Open(vcpu, Words.At(words, 1), isWritten: true, out ulong address)
            || !Expression.TryValue(vcpu, Words.At(words, 3), out ulong value)
            || (words->Count == 5 && !Expression.TryValue(vcpu, Words.At(words, 4), out size))
            || !Session.CanWrite())
        {
            return;
        }

        if (size is not (1 or 2 or 4 or 8))
        {
            Output.Error("a size is 1, 2, 4 or 8, not"u8, Words.At(words, 4));
            return;
        }

        // All of it or nothing.
        if (GuestBytes.At(Window, address + size - 1) == null || GuestBytes.At(Window, address) == null)
        {
            GuestBytes.Refuse(Window, Words.At(words, 1));
            return;
        }

        for (ulong i = 0; i < size; i++)
        {
            byte* at = GuestBytes.At(Window, address + i);
            if (at == null)
            {
                break;                                  // another vCPU has changed the tables meanwhile
            }

            *at = (byte)(value >> (int)(i * 8));
        }

        Output.List("rows"u8);
        Row(address, size);
    }

    private static void Search(VirtualCpu* vcpu, Words* words)
    {
        if (words->Count < 5 || !Open(vcpu, Words.At(words, 2), isWritten: false, out ulong address)
            || !Expression.TryValue(vcpu, Words.At(words, 3), out ulong count))
        {
            Complain(words);
            return;
        }

        if (count > MostSearched)
        {
            Output.Error("at most 1 MiB at a time, not"u8, Words.At(words, 3));
            return;
        }

        if (Words.Rest(words, 4).Length > RowBuffer.Size)
        {
            Output.Error("at most 64 characters can be searched for, not"u8, Words.Rest(words, 4));
            return;
        }

        const uint MostFound = 16;
        int length = Pattern(Words.Rest(words, 4), Words.IsQuoted(words, 4));
        uint found = 0;
        Session.Warn();
        Output.List("found"u8);
        for (ulong i = 0; i < count && found < MostFound; i++)
        {
            if (IsAt(address + i, length))
            {
                found++;
                Output.Row();
                Output.HexCell("address"u8, address + i);
            }
        }

        if (found == 0)
        {
            Output.Error("not found:"u8, Words.Rest(words, 4));
        }
    }

    private static void Complain(Words* words)
    {
        if (words->Count < 5)
        {
            Output.Error("mem search needs an address, a count and what to find"u8);
        }
    }

    // A number is four bytes, or eight when it needs them; anything else is text, and a number in quotes, too.
    private static int Pattern(ReadOnlySpan<byte> word, bool isText)
    {
        byte* pattern = RowBytes;
        if (!isText && Letters.TryNumber(word, out ulong number))
        {
            for (int i = 0; i < 8; i++)
            {
                pattern[i] = (byte)(number >> (i * 8));
            }

            return number >> 32 != 0 ? 8 : 4;
        }

        for (int i = 0; i < word.Length; i++)
        {
            pattern[i] = word[i];
        }

        return word.Length;
    }

    private static bool IsAt(ulong address, int length)
    {
        byte* pattern = RowBytes;
        for (int i = 0; i < length; i++)
        {
            byte* at = GuestBytes.At(Window, address + (ulong)i);
            if (at == null || *at != pattern[i])
            {
                return false;
            }
        }

        return length != 0;
    }

    private struct RowBuffer
    {
        public const int Size = 64;

        public fixed byte Bytes[Size];
    }
}
