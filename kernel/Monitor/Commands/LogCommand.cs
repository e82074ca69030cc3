// `log`: what Nestor has said, each message with its time, or what a guest has printed; the last of it is always kept.

using System;
using System.Runtime.CompilerServices;
using Nestor.Hal;

namespace Nestor.Kernel;

internal unsafe struct LogCommand : IMonitorCommand
{
    private const ulong Usual = 24;

    private static Line s_line;

    public static ReadOnlySpan<byte> Name => "log"u8;

    public static ReadOnlySpan<byte> Arguments => "[nestor | VM [COUNT]]"u8;

    public static ReadOnlySpan<byte> Summary => "the last lines that Nestor said, with seconds since reset, or that a guest printed"u8;

    public static void Run(Words* words)
    {
        ulong count = Usual;
        if (words->Count > 2 && (words->Count > 3 || !Letters.TryNumber(Words.At(words, 2), out count) || count == 0))
        {
            Output.Error("a count is 1 or more, not"u8, Words.At(words, words->Count - 1));
            return;
        }

        if (words->Count < 2 || Words.Is(words, 1, "nestor"u8))
        {
            Show((TextRing*)Unsafe.AsPointer(ref Console.Log), count);
            return;
        }

        VirtualMachine* machine = Session.FindMachine(Words.At(words, 1));
        if (machine != null)
        {
            Show(&machine->Printed, count);
        }
    }

    private static void Show(TextRing* ring, ulong count)
    {
        byte* line = ((Line*)Unsafe.AsPointer(ref s_line))->Text;
        Output.List("lines"u8);
        ulong end = ring->End;
        for (ulong at = ring->Tail(end, count); at < end;)
        {
            int length = 0;
            byte value = 0;
            while (at < end && value != '\n' && length < Line.Capacity)
            {
                value = ring->At(at++);
                line[length] = value;
                length += value is (byte)'\n' or (byte)'\r' ? 0 : 1;
            }

            Output.Row();
            Output.Cell("text"u8, new ReadOnlySpan<byte>(line, length));
        }
    }

    private struct Line
    {
        public const int Capacity = 240;

        public fixed byte Text[Capacity];
    }
}
