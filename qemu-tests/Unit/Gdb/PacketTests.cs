// gdb's frames: what goes out comes in again, and what is damaged on the way is seen.
using System.Collections.Generic;
using System.Linq;
using System.Text;
using FsCheck.Xunit;
using Nestor.Kernel;
using Xunit;

namespace Nestor.Tests.Unit.Gdb;

public sealed unsafe class PacketTests
{
    [Theory]
    [InlineData("$#00", "")]
    [InlineData("$OK#9a", "OK")]
    [InlineData("+$g#67", "g")]
    [InlineData("noise$m4020,c#C2", "m4020,c")]
    [InlineData("$half$OK#9a", "OK")]
    public void A_packet_is_found(string bytes, string text)
    {
        (PacketEvent last, string found) = Feed(Encoding.ASCII.GetBytes(bytes));
        Assert.Equal(PacketEvent.Packet, last);
        Assert.Equal(text, found);
    }

    [Theory]
    [InlineData("$OK#9b")]
    [InlineData("$OK#x0")]
    [InlineData("$OK#9g")]
    [InlineData("$oK#9a")]
    public void A_wrong_sum_is_damage(string bytes) =>
        Assert.Equal(PacketEvent.Damaged, Feed(Encoding.ASCII.GetBytes(bytes)).Last);

    [Theory]
    [InlineData("+", PacketEvent.Accepted)]
    [InlineData("-", PacketEvent.Refused)]
    [InlineData("\x03", PacketEvent.Interrupt)]
    [InlineData("$OK#9a\x03", PacketEvent.Interrupt)]
    [InlineData("x", PacketEvent.Nothing)]
    [InlineData("$+-\x03", PacketEvent.Nothing)]
    public void Between_packets_a_byte_has_a_meaning(string bytes, PacketEvent expected) =>
        Assert.Equal(expected, Feed(Encoding.ASCII.GetBytes(bytes)).Last);

    [Fact]
    public void A_packet_of_the_largest_size_fits_and_a_longer_one_is_told_apart()
    {
        Assert.Equal(PacketEvent.Packet, Feed(Frame(new string('a', PacketReader.Capacity))).Last);
        Assert.Equal(PacketEvent.TooLong, Feed(Frame(new string('a', PacketReader.Capacity + 1))).Last);

        // And the next one is as good as ever.
        Assert.Equal("OK", Feed([.. Frame(new string('a', PacketReader.Capacity + 1)), .. Frame("OK")]).Text);
    }

    [Fact]
    public void What_is_written_has_its_sum() => Assert.Equal("$OK#9a", Write(static writer => PacketWriter.Put(writer, "OK"u8)));

    [Fact]
    public void What_does_not_fit_is_left_out_and_the_frame_stays_whole()
    {
        string packet = Write(static writer =>
        {
            for (int i = 0; i < 2 * PacketWriter.Capacity; i++)
            {
                PacketWriter.Put(writer, (byte)'a');
            }
        });
        Assert.Equal(PacketWriter.Capacity, packet.Length);
        Assert.Equal(PacketEvent.Packet, Feed(Encoding.Latin1.GetBytes(packet)).Last);
    }

    [Theory]
    [InlineData(0UL, "0")]
    [InlineData(0x40200000UL, "40200000")]
    [InlineData(ulong.MaxValue, "ffffffffffffffff")]
    public void Numbers_are_written_and_read(ulong value, string text)
    {
        Assert.Equal($"${text}#", Write(writer => PacketWriter.Number(writer, value))[..^2]);
        Assert.Equal(value, Read(text, static cursor => PacketCursor.TryNumber(cursor, out ulong found) ? found : null));
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("11112222333344445")]
    public void What_is_no_number_is_refused(string text) =>
        Assert.Null(Read(text, static cursor => PacketCursor.TryNumber(cursor, out ulong found) ? found : null));

    [Theory]
    [InlineData("1")]
    [InlineData("1x")]
    [InlineData("x1")]
    [InlineData("")]
    public void Half_a_byte_is_refused(string text) =>
        Assert.Null(Read(text, static cursor => PacketCursor.TryByte(cursor, out byte found) ? found : null));

    [Property]
    public bool Values_come_back(ulong value)
    {
        string packet = Write(writer => PacketWriter.Value(writer, value, 8));
        return Read(packet[1..^3], static cursor => PacketCursor.TryValue(cursor, 8, out ulong found) ? found : null) == value;
    }

    [Property]
    public bool Binary_data_comes_back(byte[] data)
    {
        string packet = Write(writer =>
        {
            foreach (byte value in data)
            {
                PacketWriter.Binary(writer, value);
            }
        });
        (PacketEvent last, string text) = Feed(Encoding.Latin1.GetBytes(packet));
        List<byte> found = [];
        fixed (byte* at = Encoding.Latin1.GetBytes(text + "\0"))
        {
            PacketCursor cursor = new() { At = at, End = at + text.Length };
            while (PacketCursor.TryBinary(&cursor, out byte value))
            {
                found.Add(value);
            }
        }

        return last == PacketEvent.Packet && data.SequenceEqual(found);
    }

    [Property]
    public bool Noise_never_overruns(byte[] noise) => Feed([.. noise, .. noise]).Text.Length <= PacketReader.Capacity;

    private delegate void Writing(PacketWriter* writer);

    private delegate ulong? Reading(PacketCursor* cursor);

    private static string Write(Writing write)
    {
        PacketWriter writer = default;
        PacketWriter.Begin(&writer);
        write(&writer);
        PacketWriter.Finish(&writer);
        return Encoding.Latin1.GetString(writer.Bytes, writer.Length);
    }

    private static ulong? Read(string text, Reading read)
    {
        fixed (byte* at = Encoding.ASCII.GetBytes(text + "\0"))
        {
            PacketCursor cursor = new() { At = at, End = at + text.Length };
            return read(&cursor);
        }
    }

    private static byte[] Frame(string text) => Encoding.ASCII.GetBytes($"${text}#{text.Sum(static letter => letter) & 0xff:x2}");

    private static (PacketEvent Last, string Text) Feed(IEnumerable<byte> bytes)
    {
        PacketReader reader = default;
        PacketEvent last = PacketEvent.Nothing;
        foreach (byte value in bytes)
        {
            last = PacketReader.Take(&reader, value);
        }

        return (last, Encoding.Latin1.GetString(reader.Text, reader.Length));
    }
}
