using System;
using System.Text;
using Nestor.Tools.Guests;
using Xunit;

namespace Nestor.Tests.Unit.Tools;

public sealed class CpioWriterTests
{
    [Fact]
    public void The_bytes_are_those_of_the_format()
    {
        CpioWriter archive = new();
        archive.AddFile("ab", "hello"u8, executable: true);
        string expected =
            "070701" + "00000001" + "000081ED" + "00000000" + "00000000" + "00000001" + "00000000" + "00000005"
            + "00000000" + "00000000" + "00000000" + "00000000" + "00000003" + "00000000" + "ab\0\0\0\0" + "hello\0\0\0"
            + "070701" + "00000000" + "00000000" + "00000000" + "00000000" + "00000001" + "00000000" + "00000000"
            + "00000000" + "00000000" + "00000000" + "00000000" + "0000000B" + "00000000" + "TRAILER!!!\0\0\0\0";
        Assert.Equal(expected.Replace("ab\0\0\0\0", "ab\0\0\0\0", StringComparison.Ordinal), Encoding.ASCII.GetString(archive.Finish()));
    }

    [Fact]
    public void Kinds_of_entries_have_their_modes_and_numbers()
    {
        CpioWriter archive = new();
        archive.AddDirectory("d");
        archive.AddLink("l", "d");
        archive.AddCharacterDevice("c", 5, 1);
        string text = Encoding.ASCII.GetString(archive.Finish());
        Assert.Contains("000041ED", text, StringComparison.Ordinal);
        Assert.Contains("0000A1FF", text, StringComparison.Ordinal);
        Assert.Contains("000021800000000000000000", text, StringComparison.Ordinal);
        Assert.Contains("0000000500000001", text, StringComparison.Ordinal);
        Assert.Equal(0, text.Length % 4);
    }

    [Fact]
    public void The_initramfs_is_the_same_each_time()
    {
        byte[] first = Initramfs.Build([1, 2, 3]);
        Assert.Equal(first, Initramfs.Build([1, 2, 3]));
        string text = Encoding.Latin1.GetString(first);
        Assert.Contains("nestor-init: $(uname -r) up, $(nproc) cpus", text, StringComparison.Ordinal);
        Assert.Contains("bin/poweroff", text, StringComparison.Ordinal);
    }
}
