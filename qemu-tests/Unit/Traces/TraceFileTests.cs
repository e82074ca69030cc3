// A trace file comes back as it was written, and whatever is wrong with one is said in one line.
using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using Nestor.Tests.Unit.Tools;
using Nestor.Tools.Support;
using Nestor.Tools.Traces;
using Xunit;

namespace Nestor.Tests.Unit.Traces;

public sealed class TraceFileTests
{
    private const int HashAt = 16;
    private const int BodyAt = 48;

    [Fact]
    public void What_is_written_is_read()
    {
        TraceFile trace = SampleTrace.Trace();
        TraceFile read = TraceFile.Parse(trace.ToBytes());
        Assert.Equal(trace.Frequency, read.Frequency);
        Assert.Equal(trace.Guests, read.Guests);
        Assert.Equal(trace.Vcpus, read.Vcpus);
        Assert.Equal(trace.Cpus.Count, read.Cpus.Count);
        Assert.All(trace.Cpus.Zip(read.Cpus), pair => Assert.Equal(pair.First, pair.Second));
        Assert.Equal([0, 1, 0, 0, 0], read.InOrder.Select(one => one.Cpu));
    }

    [Fact]
    public void Each_damaged_byte_and_each_cut_is_refused()
    {
        byte[] good = SampleTrace.Trace().ToBytes();
        for (int i = 0; i < good.Length; i++)
        {
            byte[] bad = [.. good];
            bad[i] ^= 0x40;
            Assert.Throws<InvalidDataException>(() => TraceFile.Parse(bad));
            Assert.Throws<InvalidDataException>(() => TraceFile.Parse(good.AsMemory(0, i)));
        }
    }

    [Fact]
    public void A_number_that_contradicts_the_rest_is_refused_though_the_sum_is_right()
    {
        byte[] good = SampleTrace.Trace().ToBytes();
        int refused = 0;
        for (int i = BodyAt; i < good.Length; i++)
        {
            byte[] bad = [.. good];
            bad[i] ^= 0x80;
            SHA256.HashData(bad.AsSpan(BodyAt), bad.AsSpan(HashAt, SHA256.HashSizeInBytes));
            if (Record.Exception(() => TraceFile.Parse(bad)) is { } e)
            {
                Assert.IsType<InvalidDataException>(e);
                refused++;
            }
        }

        Assert.True(refused > 20, $"{refused}");
    }

    [Theory]
    [InlineData(0, 'X', "not a trace of Nestor's")]
    [InlineData(8, 2, "a trace of version 2; this viewer reads version 3")]
    [InlineData(12, 48, "its records have 48 bytes, not 64: the trace is damaged")]
    [InlineData(60, 9, "the trace is truncated or damaged")]
    public void What_is_wrong_is_said(int at, int value, string message)
    {
        using TemporaryFiles files = new();
        byte[] bytes = SampleTrace.Trace().ToBytes();
        bytes[at] = (byte)value;
        string path = files.Write("trace", bytes);
        Assert.Equal($"{path}: {message}", Assert.Throws<UsageException>(() => TraceFile.Read(path)).Message);
    }

    [Fact]
    public void A_file_that_is_not_there_is_said() =>
        Assert.Equal("/nowhere/x does not exist", Assert.Throws<UsageException>(() => TraceFile.Read("/nowhere/x")).Message);
}
