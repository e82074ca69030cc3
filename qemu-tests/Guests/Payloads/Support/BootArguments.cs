// The words that a payload is started with, from the device tree's /chosen: `key=value`, separated by spaces.

using System;
using System.Runtime.CompilerServices;
using Nestor.Hal;

namespace Nestor.Payloads;

internal static unsafe class BootArguments
{
    private const uint LargestTree = 1 << 20;

    // A local of this size would be zeroed with vector instructions, which nobody has enabled.
    private static DeviceTree s_tree;

    private static bool s_isOpen;

    /// <summary>Takes the device tree at an address, if it is one.</summary>
    public static void Open(byte* tree) => s_isOpen = DeviceTree.TryOpen(tree, LargestTree, out s_tree);

    /// <summary>What stands behind <c>key=</c>; empty when there is none.</summary>
    /// <param name="key">The key with its equals sign.</param>
    public static ReadOnlySpan<byte> Value(ReadOnlySpan<byte> key) => s_isOpen ? Value(Arguments(), key) : default;

    /// <summary>Where the initrd is; false when there is none.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static bool TryInitrd(out ulong address)
    {
        address = 0;
        return s_isOpen
            && s_tree.TryGetProperty(s_tree.FindNode("/chosen"u8), "linux,initrd-start"u8, out ReadOnlySpan<byte> value)
            && DeviceTree.TryReadCells(value, 0, DeviceTree.CellCount(value), out address);
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
