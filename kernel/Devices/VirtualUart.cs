// The guest's PL011 (Arm DDI 0183): what it sends goes to the console, what is typed for it waits in a ring.

using System.Runtime.InteropServices;

namespace Nestor.Kernel;

/// <summary>State of one virtual PL011. Guarded by the VM's UART lock.</summary>
[StructLayout(LayoutKind.Sequential)]
public unsafe struct VirtualUart
{
    private const uint Data = 0x00;
    private const uint ErrorClear = 0x04;
    private const uint Flag = 0x18;
    private const uint IntegerBaud = 0x24;
    private const uint FractionalBaud = 0x28;
    private const uint LineControl = 0x2c;
    private const uint Control = 0x30;
    private const uint FifoLevel = 0x34;
    private const uint InterruptMask = 0x38;
    private const uint RawStatus = 0x3c;
    private const uint MaskedStatus = 0x40;
    private const uint InterruptClear = 0x44;
    private const uint Identification = 0xfe0;

    private const uint FlagReceiveEmpty = 1 << 4;
    private const uint FlagReceiveFull = 1 << 6;
    private const uint FlagTransmitEmpty = 1 << 7;
    private const uint Receive = 1 << 4;
    private const uint Transmit = 1 << 5;
    private const uint ReceiveTimeout = 1 << 6;

    /// <summary>
    /// What may wait for a guest that does not read. Much more than a PL011 has: input behind it stays in the host's port, and
    /// with it the key that opens the monitor.
    /// </summary>
    private const uint RingSize = 4096;

    /// <summary>Longest piece of a line that is printed at once.</summary>
    public const int LineCapacity = 240;

    private uint _integerBaud;
    private uint _fractionalBaud;
    private uint _lineControl;
    private uint _control;
    private uint _fifoLevel;
    private uint _mask;
    private uint _status;
    private uint _head;
    private uint _tail;
    private fixed byte _ring[(int)RingSize];

    /// <summary>Bytes of the current line, kept back so that lines of several VMs do not mix.</summary>
    public uint LineLength;

    /// <summary>When the last of them came, as CNTPCT counts.</summary>
    public ulong LineTime;

    /// <summary>See <see cref="LineLength"/>.</summary>
    public fixed byte Line[LineCapacity];

    /// <summary>Whether the interrupt line is high.</summary>
    public static bool Interrupts(VirtualUart* uart) => (uart->_status & uart->_mask) != 0;

    /// <summary>As after reset.</summary>
    public static void Reset(VirtualUart* uart)
    {
        uart->_control = 0x300;
        uart->_fifoLevel = 0x12;
        uart->_mask = 0;
        uart->_status = 0;
        uart->_lineControl = 0;
        uart->_head = uart->_tail = 0;
    }

    /// <summary>Numbers of <see cref="Field"/> are below it.</summary>
    public const uint FieldCount = Text + RingSize / sizeof(uint);

    private const uint Text = 0x100;
    private const uint LineText = 0x40;

    /// <summary>
    /// The state by number, for a snapshot: 0 to 8 registers and how much waits, 9 and from 64 what the guest has sent of a line,
    /// from 256 the ring. Null when there is none.
    /// </summary>
    public static byte* Field(VirtualUart* uart, uint number, out uint size)
    {
        size = sizeof(uint);
        return number switch
        {
            < 9 => (byte*)(&uart->_integerBaud + number),
            9 => (byte*)&uart->LineLength,
            >= LineText and < LineText + (LineCapacity / sizeof(uint)) => uart->Line + ((number - LineText) * sizeof(uint)),
            >= Text and < FieldCount => uart->_ring + ((number - Text) * sizeof(uint)),
            _ => null,
        };
    }

    /// <summary>Whether the numbers of the state fit each other.</summary>
    public static bool IsSane(VirtualUart* uart) => uart->_head - uart->_tail <= RingSize && uart->LineLength < LineCapacity;

    /// <summary>Whether another byte can be typed.</summary>
    public static bool HasRoom(VirtualUart* uart) => uart->_head - uart->_tail < RingSize;

    /// <summary>How much the guest has read so far; only whether it changes means something.</summary>
    public static uint Taken(VirtualUart* uart) => uart->_tail;

    /// <summary>A byte typed for the guest; false when the ring is full and the byte is lost.</summary>
    public static bool Type(VirtualUart* uart, byte value)
    {
        if (uart->_head - uart->_tail >= RingSize)
        {
            return false;
        }

        uart->_ring[uart->_head++ % RingSize] = value;
        uart->_status |= Receive | ReceiveTimeout;
        return true;
    }

    /// <summary>A guest's read of the register at <paramref name="offset"/>.</summary>
    public static uint Read(VirtualUart* uart, uint offset)
    {
        switch (offset)
        {
            case Data:
                return Take(uart);
            case Flag:
                return FlagTransmitEmpty | (uart->_head == uart->_tail ? FlagReceiveEmpty : 0) | (uart->_head - uart->_tail >= RingSize ? FlagReceiveFull : 0);
            case IntegerBaud:
                return uart->_integerBaud;
            case FractionalBaud:
                return uart->_fractionalBaud;
            case LineControl:
                return uart->_lineControl;
            case Control:
                return uart->_control;
            case FifoLevel:
                return uart->_fifoLevel;
            case InterruptMask:
                return uart->_mask;
            case RawStatus:
                return uart->_status;
            case MaskedStatus:
                return uart->_status & uart->_mask;
            default:
                return offset >= Identification && offset < Identification + 32 ? Identity(offset) : 0;
        }
    }

    /// <summary>A guest's write.</summary>
    /// <returns>True when a byte is to be sent to the console: the low byte of <paramref name="value"/>.</returns>
    public static bool Write(VirtualUart* uart, uint offset, uint value)
    {
        switch (offset)
        {
            case Data:
                uart->_status |= Transmit;
                return true;
            case IntegerBaud:
                uart->_integerBaud = value & 0xffff;
                break;
            case FractionalBaud:
                uart->_fractionalBaud = value & 0x3f;
                break;
            case LineControl:
                uart->_lineControl = value & 0xff;
                break;
            case Control:
                uart->_control = value & 0xffff;
                break;
            case FifoLevel:
                uart->_fifoLevel = value & 0x3f;
                break;
            case InterruptMask:
                uart->_mask = value & 0x7ff;
                break;
            case InterruptClear:
                uart->_status &= ~value;
                break;
        }

        return false;
    }

    private static uint Take(VirtualUart* uart)
    {
        if (uart->_head == uart->_tail)
        {
            return 0;
        }

        byte value = uart->_ring[uart->_tail++ % RingSize];
        if (uart->_head == uart->_tail)
        {
            uart->_status &= ~(Receive | ReceiveTimeout);
        }

        return value;
    }

    // PL011 r1p5 peripheral and PrimeCell identification.
    private static uint Identity(uint offset) => (byte)(0xb105_f00d_0034_1011UL >> (int)((offset - Identification) / 4 * 8));
}
