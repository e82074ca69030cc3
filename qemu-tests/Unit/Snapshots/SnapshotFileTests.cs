// The file of a snapshot: what is written is read, and whatever is wrong with a file is said before anything of it is used.
using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using Nestor.Tests.Unit.Tools;
using Nestor.Tools.Registers;
using Nestor.Tools.Snapshots;
using Nestor.Tools.Support;
using Xunit;

namespace Nestor.Tests.Unit.Snapshots;

public sealed class SnapshotFileTests : IDisposable
{
    private const ulong Machine = 0x6003_0010_0000_0000;
    private const int MemorySize = 4 << 20;
    private const int DigestSize = 32;

    private static readonly (ulong Id, ulong Value)[] s_pairs =
        [(Machine, 2), (Machine + 2, MemorySize), (Machine + 3, 2), (Machine + 4, 1), (SnapshotState.SystemRegister | 0xc080, 7), (0x6003_0003_0000_0063, 9)];

    private readonly TemporaryFiles _files = new();
    private readonly byte[] _memory = Memory();

    private string File => _files.Path("a.nestor");

    public void Dispose() => _files.Dispose();

    [Fact]
    public void What_is_written_is_read()
    {
        Write();
        using SnapshotReader reader = new(File);
        Assert.Equal("guest", reader.Name);
        Assert.Equal(s_pairs, reader.State.Pairs);
        Assert.Equal((2, MemorySize, 2, 1), (reader.State.Cpus, reader.State.Memory, reader.State.El, reader.State.Nv));
        IReadOnlyList<string> pieces = reader.UnpackMemory(_files.Root, 3 << 20);
        Assert.Equal([3 << 20, 1 << 20], pieces.Select(piece => new FileInfo(piece).Length));
        Assert.Equal(_memory, pieces.SelectMany(System.IO.File.ReadAllBytes));
    }

    [Fact]
    public void Zeroes_take_no_room()
    {
        SnapshotWriter.Write(File, "guest", SnapshotState.Pack(s_pairs), new MemoryStream(new byte[MemorySize]));
        Assert.InRange(new FileInfo(File).Length, 1, 512);
    }

    [Fact]
    public void Each_byte_that_is_another_is_found()
    {
        Write();
        byte[] whole = System.IO.File.ReadAllBytes(File);
        for (int at = 0; at < whole.Length; at++)
        {
            byte[] damaged = [.. whole];
            damaged[at] ^= 0x10;
            Refuses(damaged, "");
        }
    }

    [Fact]
    public void Each_length_that_is_less_is_found()
    {
        Write();
        byte[] whole = System.IO.File.ReadAllBytes(File);
        for (int length = 0; length < whole.Length; length++)
        {
            Refuses(whole[..length], "");
        }

        Refuses([.. whole, 0], "damaged or cut off");
    }

    [Theory]
    [InlineData(0, (byte)'X', "it is not a snapshot of Nestor")]
    [InlineData(8, 2, "it is of version 2 of the format; this Nestor reads 1")]
    [InlineData(12, 2, "it does not have the parts that it should have")]
    [InlineData(12, 4, "it lacks a part")]
    [InlineData(16, 9, "it has a part of kind 9, which this Nestor does not know or has seen already")]
    [InlineData(16, 2, "it has a part of kind 2, which this Nestor does not know or has seen already")]
    [InlineData(31, 0x80, "part 0 has an impossible size")]
    [InlineData(39, 0x80, "part 0 has an impossible size")]
    [InlineData(34, 1, "its Name has 65541 bytes")]
    [InlineData(32, 6, "a part cannot be unpacked")]
    public void A_sound_file_of_another_make_is_refused(int at, byte value, string why)
    {
        Write();
        byte[] bytes = System.IO.File.ReadAllBytes(File);
        bytes[at] = value;
        Refuses(Seal(bytes), why);
    }

    [Fact]
    public void A_page_outside_of_the_memory_is_refused()
    {
        SnapshotWriter.Write(File, "guest", SnapshotState.Pack(s_pairs), new MemoryStream([.. _memory, .. _memory]));
        using SnapshotReader reader = new(File);
        UsageException refusal = Assert.Throws<UsageException>(() => reader.UnpackMemory(_files.Root, 1 << 30));
        Assert.Contains("page 1024 is outside of the guest's memory", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "it does not say the number of CPUs")]
    [InlineData(1, "it does not say the size of the memory")]
    [InlineData(2, "it does not say the exception level")]
    [InlineData(3, "it does not say the way of nesting")]
    public void State_that_does_not_say_what_the_VM_is_is_refused(int lacking, string why) =>
        RefusesState(SnapshotState.Pack(s_pairs.Where((_, index) => index != lacking)), why);

    [Theory]
    [InlineData(0, 0, "0 is impossible for the number of CPUs")]
    [InlineData(0, 9, "9 is impossible for the number of CPUs")]
    [InlineData(2, 4096, "4096 is impossible for the size of the memory")]
    [InlineData(3, 3, "3 is impossible for the exception level")]
    [InlineData(4, 0, "0 is impossible for the way of nesting")]
    public void State_of_an_impossible_VM_is_refused(uint number, ulong value, string why) =>
        RefusesState(SnapshotState.Pack([(Machine + number, value), .. s_pairs]), why);

    [Fact]
    public void State_that_is_no_pairs_is_refused() =>
        RefusesState([.. SnapshotState.Pack(s_pairs), 1], "its list of registers ends in the middle of a pair");

    [Fact]
    public void A_register_that_Nestor_does_not_know_is_refused_by_name()
    {
        IReadOnlyList<RegisterRow> table = RegisterTable.Read(RepositoryRoot.Path);
        new SnapshotState(File, SnapshotState.Pack(s_pairs)).CheckRegisters(table);
        SnapshotState state = new(File, SnapshotState.Pack([.. s_pairs, (SnapshotState.SystemRegister | 0xffff, 1)]));
        UsageException refusal = Assert.Throws<UsageException>(() => state.CheckRegisters(table));
        Assert.Equal($"{File} cannot be restored: this Nestor does not know its register S3_7_C15_C15_7", refusal.Message);
    }

    [Fact]
    public void A_file_that_is_not_there_is_refused() =>
        Assert.Equal($"{File} cannot be restored: it does not exist", Assert.Throws<UsageException>(() => new SnapshotReader(File)).Message);

    [Fact]
    public void A_directory_is_refused() =>
        Assert.Equal($"{_files.Root} cannot be restored: it is a directory", Assert.Throws<UsageException>(() => new SnapshotReader(_files.Root)).Message);

    [Fact]
    public void A_save_that_fails_leaves_the_file_as_it_was()
    {
        Write();
        byte[] before = System.IO.File.ReadAllBytes(File);
        Assert.Throws<IOException>(() => SnapshotWriter.Write(File, "guest", SnapshotState.Pack(s_pairs), new BrokenStream()));
        Assert.Equal(before, System.IO.File.ReadAllBytes(File));
        Assert.Equal([File], Directory.GetFiles(_files.Root));
    }

    // Pages of all kinds: of zeroes, of one byte, of noise.
    private static byte[] Memory()
    {
        byte[] memory = new byte[MemorySize];
        memory[5] = 1;
        memory[MemorySize - 1] = 2;
        new Random(1).NextBytes(memory.AsSpan(3 << 20, 64));
        return memory;
    }

    private void Write() => SnapshotWriter.Write(File, "guest", SnapshotState.Pack(s_pairs), new MemoryStream(_memory));

    private static byte[] Seal(byte[] bytes)
    {
        SHA256.HashData(bytes.AsSpan(0, bytes.Length - DigestSize)).CopyTo(bytes, bytes.Length - DigestSize);
        return bytes;
    }

    private void Refuses(byte[] bytes, string why)
    {
        UsageException refusal = Assert.Throws<UsageException>(() => new SnapshotReader(_files.Write("damaged", bytes)));
        Assert.Contains(why, refusal.Message, StringComparison.Ordinal);
    }

    private void RefusesState(byte[] state, string why)
    {
        SnapshotWriter.Write(File, "guest", state, new MemoryStream(_memory));
        UsageException refusal = Assert.Throws<UsageException>(() => new SnapshotReader(File));
        Assert.Equal($"{File} cannot be restored: {why}", refusal.Message);
    }

    // A memory that cannot be read to its end.
    private sealed class BrokenStream : MemoryStream
    {
        public override int Read(Span<byte> buffer) => throw new IOException("broken");

        public override int Read(byte[] buffer, int offset, int count) => throw new IOException("broken");
    }
}
