// The frames of gdb's remote protocol, `$text#sum`, put together from bytes as they come: it waits for nothing and writes
// nothing, so the same code runs in an interrupt and in a unit test.

using System.Runtime.InteropServices;
using Nestor.Hal;

namespace Nestor.Kernel;

/// <summary>What a byte has completed.</summary>
public enum PacketEvent
{
    /// <summary>Nothing yet.</summary>
    Nothing,

    /// <summary>A packet, whole and undamaged.</summary>
    Packet,

    /// <summary>A packet whose sum is wrong.</summary>
    Damaged,

    /// <summary>A packet that is longer than the buffer.</summary>
    TooLong,

    /// <summary>Between packets: the last one that was sent has arrived.</summary>
    Accepted,

    /// <summary>Between packets: the last one that was sent is wanted again.</summary>
    Refused,

    /// <summary>Between packets: stop everything.</summary>
    Interrupt,
}

/// <summary>The packet that is coming in. Zeroed memory is a valid start.</summary>
[StructLayout(LayoutKind.Sequential)]
public unsafe struct PacketReader
{
    /// <summary>Longest text of a packet in bytes; gdb is told.</summary>
    public const int Capacity = 4096;

    private const byte InterruptByte = 3;

    private enum Part : byte
    {
        Between,
        Text,
        FirstDigit,
        SecondDigit,
    }

    /// <summary>The text.</summary>
    public fixed byte Text[Capacity];

    /// <summary>Its length.</summary>
    public int Length;

    private Part _part;
    private bool _isTooLong;
    private bool _isDamaged;
    private byte _sum;
    private byte _expected;

    /// <summary>A byte from gdb.</summary>
    public static PacketEvent Take(PacketReader* reader, byte value)
    {
        switch (reader->_part)
        {
            case Part.Between:
                return Between(reader, value);
            case Part.Text:
                Add(reader, value);
                return PacketEvent.Nothing;
            case Part.FirstDigit:
                reader->_expected = (byte)(Digit(reader, value) << 4);
                reader->_part = Part.SecondDigit;
                return PacketEvent.Nothing;
            default:
                reader->_expected |= Digit(reader, value);
                reader->_part = Part.Between;
                return reader->_isDamaged || reader->_expected != reader->_sum ? PacketEvent.Damaged
                    : reader->_isTooLong ? PacketEvent.TooLong : PacketEvent.Packet;
        }
    }

    private static PacketEvent Between(PacketReader* reader, byte value)
    {
        switch (value)
        {
            case (byte)'$':
                Begin(reader);
                return PacketEvent.Nothing;
            case (byte)'+':
                return PacketEvent.Accepted;
            case (byte)'-':
                return PacketEvent.Refused;
            case InterruptByte:
                return PacketEvent.Interrupt;
            default:
                return PacketEvent.Nothing;
        }
    }

    private static void Begin(PacketReader* reader)
    {
        reader->_part = Part.Text;
        reader->Length = 0;
        reader->_sum = 0;
        reader->_isTooLong = false;
        reader->_isDamaged = false;
    }

    // $ and # inside a text are escaped, so a $ is the beginning of another packet: the end of this one was lost.
    private static void Add(PacketReader* reader, byte value)
    {
        if (value == '$')
        {
            Begin(reader);
            return;
        }

        if (value == '#')
        {
            reader->_part = Part.FirstDigit;
            return;
        }

        reader->_sum += value;
        if (reader->Length == Capacity)
        {
            reader->_isTooLong = true;
            return;
        }

        reader->Text[reader->Length++] = value;
    }

    private static byte Digit(PacketReader* reader, byte value)
    {
        int digit = HexDigit.Value(value);
        reader->_isDamaged |= digit < 0;
        return (byte)(digit & 0xf);
    }
}
