// The first C# of the test guest: opens the port, chooses the groups and powers off behind them.

using System;
using System.Runtime;
using System.Runtime.CompilerServices;
using Nestor.Hal;

namespace Nestor.Payloads;

internal static unsafe class Start
{
    private const ulong Uart = 0x0900_0000;
    private const uint LargestTree = 1 << 20;

    // A local of this size would be zeroed with vector instructions, which nobody has enabled.
    private static DeviceTree s_tree;

    [RuntimeExport("payload_start")]
    private static void Main(byte* tree, ulong firstCounter)
    {
        Benchmarks.FirstInstruction = firstCounter;
        Hal.Console.Port.Open(Uart);
        Hal.Console.WriteLine("TAP version 13"u8);
        bool hasTree = DeviceTree.TryOpen(tree, LargestTree, out s_tree);
        Groups.Run(hasTree ? Argument("group="u8) : default);
        Tap.Plan();
        Cpu.PowerOff();
    }

    /// <summary>The word behind a key in the boot arguments; empty when there is none.</summary>
    public static ReadOnlySpan<byte> Argument(ReadOnlySpan<byte> key) => Value(Arguments(), key);

    [RuntimeExport("payload_secondary")]
    private static void Secondary() => SecondCpu.Main();

    [RuntimeExport("payload_broken")]
    private static void Broken(ulong vector, ulong esr, ulong elr, ulong far)
    {
        Tap.Value("vector"u8, vector);
        Tap.Value("esr"u8, esr);
        Tap.Value("elr"u8, elr);
        Tap.Value("far"u8, far);
        Hal.Console.WriteLine("Bail out! an exception outside a check"u8);
        Cpu.PowerOff();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ReadOnlySpan<byte> Arguments()
    {
        uint chosen = s_tree.FindNode("/chosen"u8);
        return s_tree.TryGetString(chosen, "bootargs"u8, out ReadOnlySpan<byte> text) ? text : default;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ReadOnlySpan<byte> Value(ReadOnlySpan<byte> arguments, ReadOnlySpan<byte> key)
    {
        for (int start = 0; start + key.Length <= arguments.Length; start++)
        {
            if (Text.Equal(arguments.Slice(start, key.Length), key))
            {
                int end = start + key.Length;
                while (end < arguments.Length && arguments[end] != (byte)' ')
                {
                    end++;
                }

                return arguments.Slice(start + key.Length, end - start - key.Length);
            }
        }

        return default;
    }
}
