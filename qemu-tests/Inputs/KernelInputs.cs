// Inputs of the kernel. Each lies against a page that is not there, and so do structures that it fills: a look outside ends the process.
using System;
using System.Collections.Generic;
using System.Text;
using Nestor.Hal;
using Nestor.Kernel;
using Nestor.Tests.Harness;
using Nestor.Tests.Unit.DeviceTrees;
using Nestor.Tests.Unit.HostSupport;
using Nestor.Tools.Fuzz.Inputs;
using Nestor.Tools.Support;
using Nestor.Tools.Symbols;

namespace Nestor.Tests.Inputs;

internal static unsafe class KernelInputs
{
    private const int MostLines = 64;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<FuzzedInput> All =>
    [
        new("device-tree", [QemuDeviceTree.Virt, SmallTree()], DeviceTree),
        new("gdb", [.. Packets()], Gdb),
        new("keys", [.. Lines()], Keys),
        new("symbols", [SymbolIndexFile.Build([new(0x1000, 'T', "start"), new(0x1040, 't', "middle"), new(0x2000, 'D', "swapper_pg_dir"), new(0x2800, 'T', "vectors"), new(0x3000, 'D', "_end")])], Symbols),
        new("code", [[0x1f, 0x20, 0x03, 0xd5, 0xe0, 0x03, 0x9f, 0xd6], [0x00, 0x11, 0x3c, 0xd5, 0xfd, 0x7b, 0xbf, 0xa9]], Code),
    ];

    private static void DeviceTree(byte[] input)
    {
        using GuardedMemory memory = new(input);
        if (!Hal.DeviceTree.TryOpen(memory.Start, (uint)memory.Size, out DeviceTree tree))
        {
            throw new UsageException("it is no device tree");
        }

        for (uint node = tree.NextNode(0); node != 0; node = tree.NextNode(node))
        {
            TreeExerciser.Ask(tree, node);
        }

        _ = tree.FindNode("/cpus/cpu@0"u8);
        _ = tree.FindCompatible(0, "arm,pl011"u8);
        _ = tree.FindPhandle(0x8001);
    }

    private static void Gdb(byte[] input)
    {
        using GuardedMemory memory = new(sizeof(PacketReader));
        PacketReader* reader = (PacketReader*)memory.Start;
        memory.Span.Clear();
        foreach (byte value in input)
        {
            if (PacketReader.Take(reader, value) != PacketEvent.Packet)
            {
                continue;
            }

            using GuardedMemory text = new(new ReadOnlySpan<byte>(reader->Text, reader->Length));
            Take(text, static cursor => PacketCursor.TryNumber(cursor, out _));
            Take(text, static cursor => PacketCursor.TryByte(cursor, out _));
            Take(text, static cursor => PacketCursor.TryValue(cursor, 8, out _));
            Take(text, static cursor => PacketCursor.TryBinary(cursor, out _));
            Take(text, static cursor => PacketCursor.Skip(cursor, "qSupported:"u8));
        }
    }

    private delegate bool Taking(PacketCursor* cursor);

    // From each place on.
    private static void Take(GuardedMemory text, Taking take)
    {
        for (int start = 0; start <= text.Size; start += 1 + (text.Size / 32))
        {
            PacketCursor cursor = new() { At = text.Start + start, End = text.Start + text.Size };
            for (byte* before = null; before != cursor.At && take(&cursor);)
            {
                before = cursor.At;
            }

            Check(cursor.At >= text.Start && cursor.At <= cursor.End, "the cursor is outside of the packet");
        }
    }

    private static void Keys(byte[] input)
    {
        using GuardedMemory memory = new(sizeof(LineEditor));
        LineEditor* editor = (LineEditor*)memory.Start;
        memory.Span.Clear();
        int lines = 0;
        foreach (byte key in input)
        {
            EditorAnswer answer = LineEditor.Take(editor, key);
            Check(editor->Length is >= 0 and <= LineEditor.Capacity && editor->Cursor >= 0 && editor->Cursor <= editor->Length, "the cursor is outside of the line");
            if (answer == EditorAnswer.Enter)
            {
                if (lines++ < MostLines)
                {
                    Line(new ReadOnlySpan<byte>(editor->Line, editor->Length));
                }

                LineEditor.Clear(editor);
            }
        }
    }

    private static void Line(ReadOnlySpan<byte> line)
    {
        // One byte more: the kernel ends a line, and each word of it, with a zero in its place.
        using GuardedMemory text = new(line.Length + 1);
        line.CopyTo(text.Span);
        Words words = default;
        Words.Split(&words, text.Start, line.Length);
        while (words.Count > 0)
        {
            ReadOnlySpan<byte> word = Words.At(&words, 0);
            if (Letters.TryNumber(word, out ulong number))
            {
                Check(Expression.TryValue(null, word, out ulong value) && value == number, "a number is not the value of its expression");
            }

            _ = Words.Rest(&words, 0).Length + Words.Rest(&words, words.Count).Length;
            _ = Letters.Match(word, Words.At(&words, words.Count - 1)) && Letters.IsPattern(word) && Words.IsQuoted(&words, 0);
            Words.Shift(&words);
        }
    }

    private static void Symbols(byte[] input)
    {
        // Whole words of memory, as modules of the machine begin at pages.
        using GuardedMemory memory = new((input.Length + 7) & ~7);
        input.CopyTo(memory.Span);
        if (!SymbolIndex.IsSane(memory.Start, (ulong)input.Length))
        {
            throw new UsageException("it is no index");
        }

        for (ulong address = 0x800; address < 0x4000; address += 0x3c0)
        {
            if (SymbolIndex.TryName(memory.Start, address, out byte* name, out int length, out _))
            {
                Check(name >= memory.Start && length >= 0 && name + length <= memory.Start + memory.Size, "a name is outside of the index");
            }
        }

        _ = SymbolIndex.TryName(memory.Start, ulong.MaxValue, out _, out _, out _);
        _ = SymbolIndex.TryAddress(memory.Start, "vectors"u8, out _);
        _ = SymbolIndex.TryAddress(memory.Start, "none"u8, out _);
    }

    private static void Code(byte[] input)
    {
        using GuardedMemory memory = new(sizeof(ShortText));
        for (int at = 0; at + 4 <= input.Length; at += 4)
        {
            memory.Span.Clear();
            Disassembler.Write((ShortText*)memory.Start, BitConverter.ToUInt32(input, at), (ulong)at << 58);
        }
    }

    private static void Check(bool holds, string what)
    {
        if (!holds)
        {
            throw new InvalidOperationException(what);
        }
    }

    private static byte[] SmallTree() => new RawTree()
        .Begin("").Cells("interrupt-parent", 1).Cells("#address-cells", 2).Cells("#size-cells", 2)
            .Begin("intc").Cells("phandle", 1).Property("interrupt-controller").Cells("#interrupt-cells", 3).End()
            .Begin("a@0").Cells("reg", 0, 1, 0, 2).Cells("interrupts", 1, 2, 3).Nop().End()
        .End()
        .Finish();

    private static IEnumerable<byte[]> Packets()
    {
        foreach (string text in (string[])["qSupported:multiprocess+;swbreak+", "vCont;c:p1.-1;s:p2.1", "m40200000,100", "M40200000,4:01020304", "X40200000,3:a}\u0003b", "P1f=0010000000000000", "Z0,ffff800080000000,4", "Hgp0.0", "qXfer:features:read:target.xml:0,ffb", "qRcmd,7265672078"])
        {
            int sum = 0;
            foreach (char letter in text)
            {
                sum += letter;
            }

            yield return Encoding.Latin1.GetBytes($"+${text}#{sum & 0xff:x2}");
        }
    }

    private static IEnumerable<byte[]> Lines()
    {
        foreach (string text in (string[])["reg x0 = 0x10+8-1\r", "mem search \"two words\" 18446744073709551615\r\n", "b *_el? \u001b[A\u001b[D\u001b[3~\u0017x\t\r", "a b c d e f g h i j k l m n o p q r\r", "\u0010\u000e\u0001\u0005\u0015\u000b\u007f0xffff_ffff_ffff_ffff\r"])
        {
            yield return Encoding.Latin1.GetBytes(text);
        }
    }
}
