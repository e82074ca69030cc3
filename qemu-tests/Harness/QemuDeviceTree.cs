// Device trees as QEMU makes and takes them: real input for the reader, and a judge of the writer that is not ours.
using System;
using System.IO;
using Nestor.Tools.Build;
using Nestor.Tools.Dependencies;

namespace Nestor.Tests.Harness;

/// <summary>QEMU's own device tree of the machine, and what becomes of one that is handed in.</summary>
public static class QemuDeviceTree
{
    private static readonly Lazy<byte[]> s_virt = new(() => Dump());

    /// <summary>The tree of the machine that Nestor runs on, cut to the bytes in use.</summary>
    public static byte[] Virt => [.. s_virt.Value];

    /// <summary>Hands a tree to QEMU instead of its own, and gives it back as QEMU would give it to a kernel.</summary>
    public static byte[] Through(ReadOnlySpan<byte> tree)
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(file, tree);
            return Dump("-dtb", file);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static byte[] Dump(params string[] more)
    {
        string file = Path.GetTempFileName();
        try
        {
            Toolchain.Run(
                ToolFinder.Require(RequiredProgram.Qemu),
                ["-M", $"virt,virtualization=on,gic-version=3,dumpdtb={file}", "-cpu", "max", "-smp", "2", "-nodefaults", "-display", "none", .. more]);
            return Pack(File.ReadAllBytes(file));
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>QEMU leaves a megabyte of room at the end; the last block ends where its header says.</summary>
    private static byte[] Pack(byte[] blob)
    {
        uint Word(int at) => System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(blob.AsSpan(at));
        uint size = Math.Max(Word(8) + Word(36), Word(12) + Word(32));
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(blob.AsSpan(4), size);
        return blob[..(int)size];
    }
}
