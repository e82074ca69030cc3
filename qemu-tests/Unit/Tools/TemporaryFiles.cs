// A directory for one test, with the kinds of files that guests are made of.
using System;
using System.Buffers.Binary;
using System.IO;

namespace Nestor.Tests.Unit.Tools;

public sealed class TemporaryFiles : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("nestor-test-");

    public string Root => _directory.FullName;

    public string Path(string name) => System.IO.Path.Combine(Root, name);

    public string Write(string name, byte[] content)
    {
        File.WriteAllBytes(Path(name), content);
        return Path(name);
    }

    public string Write(string name, string text)
    {
        File.WriteAllText(Path(name), text);
        return Path(name);
    }

    /// <summary>Machine code and no header: what QEMU starts as it is.</summary>
    public string Code(string name, params uint[] instructions)
    {
        byte[] bytes = new byte[4 * instructions.Length];
        Buffer.BlockCopy(instructions, 0, bytes, 0, bytes.Length);
        return Write(name, bytes);
    }

    public string Arm64Image(string name = "image", int size = 4096, long imageSize = 4096, ulong flags = 0xa, long textOffset = 0)
    {
        byte[] bytes = new byte[size];
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(8), textOffset);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(16), imageSize);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(24), flags);
        "ARMd"u8.CopyTo(bytes.AsSpan(56));
        return Write(name, bytes);
    }

    /// <summary>A kernel as EFI zboot has it: a header, and the packed Image behind it.</summary>
    public string Zboot(string name, string kind, byte[] payload, uint? payloadSize = null, uint start = 128)
    {
        byte[] bytes = new byte[128 + payload.Length];
        "MZ\0\0zimg"u8.CopyTo(bytes);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(8), start);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(12), payloadSize ?? (uint)payload.Length);
        System.Text.Encoding.ASCII.GetBytes(kind, bytes.AsSpan(24));
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(56), 0x8182_23cd);
        payload.CopyTo(bytes, 128);
        return Write(name, bytes);
    }

    /// <summary>A file with U-Boot's header for images in front.</summary>
    public string UBoot(string name, byte[] contents, byte type = 2, byte compression = 0, byte system = 17, uint load = 0x4100_0000, uint? size = null)
    {
        byte[] bytes = new byte[64 + contents.Length];
        uint[] words = [0x2705_1956, 0, 0, size ?? (uint)contents.Length, load, load];
        for (int i = 0; i < words.Length; i++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(4 * i), words[i]);
        }

        ((ReadOnlySpan<byte>)[system, 22, type, compression]).CopyTo(bytes.AsSpan(28));
        contents.CopyTo(bytes, 64);
        return Write(name, bytes);
    }

    public static byte[] Gzip(byte[] plain)
    {
        using MemoryStream packed = new();
        using (System.IO.Compression.GZipStream stream = new(packed, System.IO.Compression.CompressionLevel.Fastest))
        {
            stream.Write(plain);
        }

        return packed.ToArray();
    }

    public static byte[] Zstd(byte[] plain)
    {
        using ZstdSharp.Compressor compressor = new();
        return compressor.Wrap(plain).ToArray();
    }

    /// <summary>An arm64 Image whose first instruction, in the header's place for it, goes to the code behind the header.</summary>
    public string GuestOf(params uint[] code)
    {
        const int Header = 64;
        string path = Arm64Image();
        byte[] bytes = File.ReadAllBytes(path);
        BitConverter.TryWriteBytes(bytes, 0x1400_0000 | (Header / 4)); // b .+64
        Buffer.BlockCopy(code, 0, bytes, Header, 4 * code.Length);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    public string Elf(string name = "elf", ushort machine = 183, ulong fileSize = 64, ulong memorySize = 4096, bool truncated = false, ulong address = 0x4000_0000)
    {
        byte[] bytes = new byte[64 + 56 + (truncated ? 0 : (int)fileSize)];
        ((ReadOnlySpan<byte>)[0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1]).CopyTo(bytes);
        Half(16, 2);
        Half(18, machine);
        Long(32, 64);
        Half(54, 56);
        Half(56, 1);
        Half(64, 1);
        Long(64 + 8, 120);
        Long(64 + 24, address);
        Long(64 + 32, fileSize);
        Long(64 + 40, memorySize);
        return Write(name, bytes);

        void Half(int offset, ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(offset), value);
        void Long(int offset, ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(offset), value);
    }

    public void Dispose() => _directory.Delete(recursive: true);
}
