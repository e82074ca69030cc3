// How to get from a function to its caller (DWARF's .debug_frame), worked out from the code of a kernel, which keeps a chain of frames
// (x29: the caller's x29, and behind it the return address). Where a function has no frame yet, or no more, x30 is the way. gdb's
// own guess gives up at the NOPs that kernels have in front of their functions for tracing.
using System.Buffers.Binary;

namespace Nestor.Tools.Symbols;

internal static class FrameTable
{
    private const byte FramePointer = 29;
    private const byte ReturnAddress = 30;
    private const byte StackPointer = 31;
    private const byte DefineFrame = 0x0c;
    private const byte SameValue = 0x08;
    private const byte AtOffset = 0x80;
    private const byte Advance = 0x40;
    private const byte AdvanceByHalf = 0x03;
    private const int Alignment = 8;

    /// <summary>The table for all functions of a kernel.</summary>
    internal static byte[] Build(KernelImage kernel)
    {
        using MemoryStream table = new();
        using BinaryWriter writer = new(table);

        // The common part: version 1, units of 4 and -8 bytes; the frame is where SP is.
        Entry(writer, 0xffff_ffff, [1, 0, 4, 0x78, ReturnAddress, DefineFrame, StackPointer, 0]);
        ulong[] starts = [.. kernel.Symbols.Select(static one => one.Address).Distinct()];
        HashSet<ulong> functions = [.. kernel.Symbols.Where(static one => one.Kind is 'T' or 't' or 'W' or 'w').Select(static one => one.Address)];
        for (int i = 0; i + 1 < starts.Length; i++)
        {
            if (functions.Contains(starts[i]) && !kernel.Code(starts[i], starts[i + 1]).IsEmpty)
            {
                List<byte> text = [.. BitConverter.GetBytes(starts[i]), .. BitConverter.GetBytes(starts[i + 1] - starts[i])];
                Describe(text, kernel.Code(starts[i], starts[i + 1]));
                Entry(writer, 0, [.. text]);
            }
        }

        writer.Flush();
        return table.ToArray();
    }

    private static void Describe(List<byte> text, ReadOnlySpan<byte> code)
    {
        bool hasFrame = false;
        bool hadFrame = false;
        int told = 0;
        for (int at = 0; at + 4 <= code.Length; at += 4)
        {
            uint instruction = BinaryPrimitives.ReadUInt32LittleEndian(code[at..]);
            bool now = Takes(instruction) || (!Drops(instruction) && (hasFrame || (hadFrame && Leaves(instruction))));
            hadFrame |= now;
            if (now != hasFrame)
            {
                Move(text, (at + 4 - told) / 4);
                told = at + 4;
                hasFrame = now;
                text.AddRange(now
                    ? [DefineFrame, FramePointer, 16, AtOffset | ReturnAddress, 1, AtOffset | FramePointer, 2]
                    : [DefineFrame, StackPointer, 0, SameValue, ReturnAddress, SameValue, FramePointer]);
            }
        }
    }

    // add x29, sp, #n
    private static bool Takes(uint instruction) => (instruction & 0xff80_03ff) == 0x9100_03fd;

    // ldp x29, x30, [sp], #n and ldp x29, x30, [sp, #n]
    private static bool Drops(uint instruction) => (instruction & 0xfec0_7fff) == 0xa8c0_7bfd || (instruction & 0xffc0_7fff) == 0xa940_7bfd;

    // ret, br, b: what follows is reached from elsewhere, where the frame is.
    private static bool Leaves(uint instruction) => (instruction & 0xff9f_f000) == 0xd61f_0000 || instruction >> 26 == 5;

    private static void Move(List<byte> text, int instructions)
    {
        if (instructions < Advance)
        {
            text.Add((byte)(Advance | instructions));
            return;
        }

        while (instructions > 0)
        {
            int step = Math.Min(instructions, ushort.MaxValue);
            text.AddRange([AdvanceByHalf, (byte)step, (byte)(step >> 8)]);
            instructions -= step;
        }
    }

    private static void Entry(BinaryWriter writer, uint id, ReadOnlySpan<byte> text)
    {
        int length = (4 + text.Length + Alignment - 1 + 4) / Alignment * Alignment - 4;
        writer.Write(length);
        writer.Write(id);
        writer.Write(text);
        writer.Write(new byte[length - 4 - text.Length]);
    }
}
