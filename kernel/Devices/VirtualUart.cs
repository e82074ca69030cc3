// The guest's PL011 (Arm DDI 0183) as QEMU has it, loopback, FIFO levels and what an empty FIFO reads included. What the guest sends
// goes to the console; what is typed for it waits in a ring, which stands for QEMU's own input behind the port.
//
// Invariants: a typed byte leaves the ring when the guest reads it, not when it comes into the FIFO. So it is not lost when the
// guest changes UARTLCR_H.FEN, which empties the FIFO, nor while the port loops back. Each typed byte raises the receive interrupt,
// so that input goes on whatever the guest has cleared before.

using System.Runtime.InteropServices;

namespace Nestor.Kernel;

/// <summary>State of one virtual PL011. Guarded by the VM's UART lock.</summary>
[StructLayout(LayoutKind.Sequential)]
public unsafe struct VirtualUart
{
    // Numbers of 32-bit registers. QEMU looks at no lower bits of an address: a byte at any of its four is the lowest.
    private const uint Data = 0x00 / 4;
    private const uint ReceiveStatus = 0x04 / 4;
    private const uint Flag = 0x18 / 4;
    private const uint LowPower = 0x20 / 4;
    private const uint IntegerBaud = 0x24 / 4;
    private const uint FractionalBaud = 0x28 / 4;
    private const uint LineControl = 0x2c / 4;
    private const uint Control = 0x30 / 4;
    private const uint FifoLevel = 0x34 / 4;
    private const uint InterruptMask = 0x38 / 4;
    private const uint RawStatus = 0x3c / 4;
    private const uint MaskedStatus = 0x40 / 4;
    private const uint InterruptClear = 0x44 / 4;
    private const uint Dma = 0x48 / 4;
    private const uint Identification = 0xfe0 / 4;

    private const uint FlagReceiveEmpty = 1 << 4;
    private const uint FlagReceiveFull = 1 << 6;
    private const uint FlagTransmitEmpty = 1 << 7;
    private const uint FlagModem = 0x107;               // RI, DCD, DSR, CTS
    private const uint Modem = 0xf;                     // their interrupts
    private const uint Receive = 1 << 4;
    private const uint Transmit = 1 << 5;
    private const uint ReceiveTimeout = 1 << 6;

    private const uint BreakOn = 1 << 0;
    private const uint FifosOn = 1 << 4;
    private const uint Loopback = 1 << 7;
    private const uint Break = 1 << 10;

    private const uint FifoDepth = 16;

    // In the FIFO: the byte is the ring's.
    private const uint Typed = 1u << 31;

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

    // Numbers 10 and up of Field, in this order.
    private uint _flags;
    private uint _receiveStatus;
    private uint _lowPower;
    private uint _dma;
    private uint _position;
    private uint _count;
    private uint _moved;                                // of the ring, from its tail, how much is in the FIFO
    private fixed uint _fifo[(int)FifoDepth];

    /// <summary>Bytes of the current line, kept back so that lines of several VMs do not mix.</summary>
    public uint LineLength;

    /// <summary>When the last of them came, as CNTPCT counts.</summary>
    public ulong LineTime;

    /// <summary>See <see cref="LineLength"/>.</summary>
    public fixed byte Line[LineCapacity];

    /// <summary>Whether the interrupt line is high.</summary>
    public static bool Interrupts(VirtualUart* uart) => (uart->_status & uart->_mask) != 0;

    /// <summary>As after reset, and nothing typed.</summary>
    public static void Reset(VirtualUart* uart)
    {
        uart->_integerBaud = 0;
        uart->_fractionalBaud = 0;
        uart->_lineControl = 0;
        uart->_control = 0x300;
        uart->_fifoLevel = 0x12;
        uart->_mask = 0;
        uart->_status = 0;
        uart->_head = uart->_tail = 0;
        uart->_flags = 0;
        uart->_receiveStatus = 0;
        uart->_lowPower = 0;
        uart->_dma = 0;
        EmptyFifo(uart);
        for (uint i = 0; i < FifoDepth; i++)
        {
            uart->_fifo[i] = 0;
        }
    }

    /// <summary>Numbers of <see cref="Field"/> are below it.</summary>
    public const uint FieldCount = Text + RingSize / sizeof(uint);

    private const uint Later = 10;
    private const uint LaterCount = 7 + FifoDepth;
    private const uint Text = 0x100;
    private const uint LineText = 0x40;

    /// <summary>
    /// The state by number, for a snapshot: 0 to 8 registers and how much waits, 9 and from 64 what the guest has sent of a line,
    /// from 10 further registers and the FIFO, from 256 the ring. Null when there is none.
    /// </summary>
    public static byte* Field(VirtualUart* uart, uint number, out uint size)
    {
        size = sizeof(uint);
        return number switch
        {
            < 9 => (byte*)(&uart->_integerBaud + number),
            9 => (byte*)&uart->LineLength,
            < Later + LaterCount => (byte*)(&uart->_flags + (number - Later)),
            >= LineText and < LineText + (LineCapacity / sizeof(uint)) => uart->Line + ((number - LineText) * sizeof(uint)),
            >= Text and < FieldCount => uart->_ring + ((number - Text) * sizeof(uint)),
            _ => null,
        };
    }

    /// <summary>
    /// All fields are there, from a snapshot: false when they do not fit each other. An older Nestor's had no FIFO, and raised a
    /// time-out that nothing would clear.
    /// </summary>
    public static bool Complete(VirtualUart* uart)
    {
        uint typed = uart->_head - uart->_tail;
        if (typed > RingSize || uart->_moved > typed || uart->_moved > FifoDepth || uart->LineLength >= LineCapacity)
        {
            return false;
        }

        uart->_status &= ~ReceiveTimeout;
        Refill(uart);
        return true;
    }

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
        Refill(uart);
        if (!IsLooped(uart))
        {
            uart->_status |= Receive;
        }

        return true;
    }

    /// <summary>A guest's read of the register at <paramref name="offset"/>.</summary>
    public static uint Read(VirtualUart* uart, uint offset)
    {
        switch (offset / 4)
        {
            case Data:
                return Take(uart);
            case ReceiveStatus:
                return uart->_receiveStatus;
            case Flag:
                return FlagTransmitEmpty | uart->_flags;
            case LowPower:
                return uart->_lowPower;
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
            case Dma:
                return uart->_dma;
            default:
                return offset / 4 >= Identification ? Identity(offset) : 0;
        }
    }

    /// <summary>A guest's write.</summary>
    /// <returns>True when a byte is to be sent to the console: the low byte of <paramref name="value"/>.</returns>
    public static bool Write(VirtualUart* uart, uint offset, uint value)
    {
        switch (offset / 4)
        {
            case Data:
                uart->_status |= Transmit;
                if (IsLooped(uart))
                {
                    Put(uart, (byte)value);
                }

                return true;
            case ReceiveStatus:
                uart->_receiveStatus = 0;
                break;
            case LowPower:
                uart->_lowPower = value;
                break;
            case IntegerBaud:
                uart->_integerBaud = value & 0xffff;
                break;
            case FractionalBaud:
                uart->_fractionalBaud = value & 0x3f;
                break;
            case LineControl:
                SetLineControl(uart, value);
                break;
            case Control:
                uart->_control = value;
                LoopModemLines(uart);
                Refill(uart);
                break;
            case FifoLevel:
                uart->_fifoLevel = value;
                break;
            case InterruptMask:
                uart->_mask = value;
                break;
            case InterruptClear:
                uart->_status &= ~value;
                break;
            case Dma:
                uart->_dma = value;
                break;
        }

        return false;
    }

    private static bool IsLooped(VirtualUart* uart) => (uart->_control & Loopback) != 0;

    private static uint Depth(VirtualUart* uart) => (uart->_lineControl & FifosOn) != 0 ? FifoDepth : 1;

    private static void SetLineControl(VirtualUart* uart, uint value)
    {
        uint changed = uart->_lineControl ^ value;
        if ((changed & FifosOn) != 0)
        {
            EmptyFifo(uart);
        }

        if ((changed & value & BreakOn) != 0 && IsLooped(uart))
        {
            Put(uart, Break);
        }

        uart->_lineControl = value;
        Refill(uart);
    }

    // UARTCR's Out2, Out1, RTS and DTR come back as RI, DCD, CTS and DSR.
    private static void LoopModemLines(VirtualUart* uart)
    {
        if (!IsLooped(uart))
        {
            return;
        }

        uint control = uart->_control;
        uint ring = control >> 13 & 1;
        uint carrier = control >> 12 & 1;
        uint clear = control >> 11 & 1;
        uint ready = control >> 10 & 1;
        uart->_flags = (uart->_flags & ~FlagModem) | (ring << 8) | (carrier << 2) | (ready << 1) | clear;
        uart->_status = (uart->_status & ~Modem) | (ready << 3) | (carrier << 2) | (clear << 1) | ring;
    }

    private static void EmptyFifo(VirtualUart* uart)
    {
        uart->_position = 0;
        uart->_count = 0;
        uart->_moved = 0;
        uart->_flags = (uart->_flags & ~FlagReceiveFull) | FlagReceiveEmpty;
    }

    // A full FIFO takes more, as QEMU's does: it loses its oldest. The interrupt comes with the first byte.
    private static void Put(VirtualUart* uart, uint value)
    {
        uint depth = Depth(uart);
        uart->_fifo[(uart->_position + uart->_count) & (depth - 1)] = value;
        uart->_count++;
        uart->_flags &= ~FlagReceiveEmpty;
        if (uart->_count == depth)
        {
            uart->_flags |= FlagReceiveFull;
        }

        if (uart->_count == 1)
        {
            uart->_status |= Receive;
        }
    }

    private static void Refill(VirtualUart* uart)
    {
        while (uart->_head - uart->_tail != uart->_moved && uart->_count < Depth(uart) && !IsLooped(uart))
        {
            Put(uart, Typed | uart->_ring[(uart->_tail + uart->_moved++) % RingSize]);
            uart->_status |= Receive;
        }
    }

    // An empty FIFO gives what was at this place before.
    private static uint Take(VirtualUart* uart)
    {
        uint value = uart->_fifo[uart->_position & (FifoDepth - 1)];
        uart->_flags &= ~FlagReceiveFull;
        if (uart->_count > 0)
        {
            uart->_count--;
            uart->_position = (uart->_position + 1) & (Depth(uart) - 1);
            if ((value & Typed) != 0 && uart->_moved > 0)
            {
                uart->_moved--;
                uart->_tail++;
            }
        }

        if (uart->_count == 0)
        {
            uart->_tail += uart->_moved;                // those that looped bytes have overwritten
            uart->_moved = 0;
            uart->_flags |= FlagReceiveEmpty;
            uart->_status &= ~(Receive | ReceiveTimeout);
        }

        value &= ~Typed;
        uart->_receiveStatus = value >> 8;
        Refill(uart);
        return value;
    }

    // PL011 r1p5 peripheral and PrimeCell identification.
    private static uint Identity(uint offset) => (byte)(0xb105_f00d_0014_1011UL >> (int)((offset / 4 - Identification) * 8));
}
