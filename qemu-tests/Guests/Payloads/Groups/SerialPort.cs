// The PL011 as QEMU has it: each register at reset and after a write, narrow and wide accesses, loopback, FIFO levels, modem
// lines and the interrupt. The port is the one that prints, so readings are collected first and printed when it is itself again.
// QEMU sends looped bytes as well: each of them stands in a comment.

using System;
using System.Runtime.CompilerServices;
using Nestor.Hal;

namespace Nestor.Payloads;

internal static unsafe class SerialPort
{
    private const ulong Port = 0x0900_0000;
    private const ulong Data = Port;
    private const ulong Status = Port + 0x04;
    private const ulong Flags = Port + 0x18;
    private const ulong LineControl = Port + 0x2c;
    private const ulong Control = Port + 0x30;
    private const ulong Mask = Port + 0x38;
    private const ulong Raw = Port + 0x3c;
    private const ulong Masked = Port + 0x40;
    private const ulong Clear = Port + 0x44;

    private const uint Open = 0x301;
    private const uint Loopback = 1 << 7;
    private const uint Fifos = 0x70;
    private const uint NoFifos = 0x60;

    private const int RegisterCount = 20;
    private const int ReadingCount = 128;

    private static Words s_readings;
    private static Words s_atReset;
    private static int s_count;
    private static int s_shown;

    /// <summary>Reads the registers before anybody has opened the port. UARTDR is left out: a read of it may take a byte.</summary>
    public static void Record()
    {
        uint* at = Of(ref s_atReset);
        for (uint i = 1; i < RegisterCount; i++)
        {
            at[i] = Mmio.Read32(Port + (i * 4));
        }
    }

    public static void Run()
    {
        uint* at = Of(ref s_atReset);
        for (uint i = 1; i < RegisterCount; i++)
        {
            Tap.Reading("at reset the register at "u8, i * 4, at[i]);
        }

        for (ulong offset = 0xfd0; offset < 0x1000; offset += 4)
        {
            Tap.Reading("at reset the register at "u8, offset, Mmio.Read32(Port + offset));
        }

        Tap.Reading("the register at "u8, 0x80, Mmio.Read32(Port + 0x80));
        Writes();
        Widths();
        OneByte(Fifos, "with FIFOs: "u8);
        OneByte(NoFifos, "without FIFOs: "u8);
        Levels(Fifos, 16, "with FIFOs: "u8);
        Levels(NoFifos, 1, "without FIFOs: "u8);
        Overrun(Fifos, 18, "with FIFOs: "u8);
        Overrun(NoFifos, 3, "without FIFOs: "u8);
        FifoSwitch();
        Break();
        ModemLines();
        Disabled();
        Interrupt();
    }

    private static void Writes()
    {
        Write(0x20, "UARTILPR"u8);
        Write(0x24, "UARTIBRD"u8);
        Write(0x28, "UARTFBRD"u8);
        Write(0x2c, "UARTLCR_H"u8);
        Write(0x34, "UARTIFLS"u8);
        Write(0x38, "UARTIMSC"u8);
        Write(0x48, "UARTDMACR"u8);
        Write(0x04, "UARTRSR"u8);
        Write(0x18, "UARTFR"u8);
        Write(0x44, "UARTICR"u8);
        Write(0x3c, "UARTRIS"u8);
        Write(0x4c, "the register at 0x4c"u8);
        Write(0xfe0, "UARTPeriphID0"u8);
        Begin();
        Mmio.Write32(Control, ~(Loopback | 0u));
        Note(Control);
        End();
        Show("UARTCR, all ones but LBE: "u8, "UARTCR"u8);
    }

    private static void Write(ulong offset, ReadOnlySpan<byte> name)
    {
        uint before = Mmio.Read32(Port + offset);
        Begin();
        Mmio.Write32(Port + offset, uint.MaxValue);
        Note(Port + offset);
        Mmio.Write32(Port + offset, 0);
        Note(Port + offset);
        Mmio.Write32(Port + offset, before);
        End();
        Show(name, " after a write of ones"u8);
        Show(name, " after a write of zeros"u8);
    }

    private static void Widths()
    {
        Begin();
        Note(Mmio.Read8(Control));
        Note(Mmio.Read8(Control + 1));
        Note(Mmio.Read16(Control));
        Note(Mmio.Read16(Control + 2));
        Note(Mmio.Read8(Port + 0xfe4));
        Note(Mmio.Read8(Port + 0xfe5));
        ulong pair = Mmio.Read64(Control);
        Note((uint)pair);
        Note((uint)(pair >> 32));
        Mmio.Write8(Control + 1, 0x5);
        Note(Control);
        Mmio.Write16(Control + 2, 0x0303);
        Note(Control);
        Mmio.Write8(Control, 1);
        Note(Control);
        Mmio.Write64(Port + 0x20, 0x11_0000_0022);
        Note(Port + 0x20);
        Note(Port + 0x24);
        End();
        Show("a byte at "u8, "0x30"u8);
        Show("a byte at "u8, "0x31"u8);
        Show("a halfword at "u8, "0x30"u8);
        Show("a halfword at "u8, "0x32"u8);
        Show("a byte at "u8, "0xfe4"u8);
        Show("a byte at "u8, "0xfe5"u8);
        Show("a doubleword at 0x30: "u8, "its lower half"u8);
        Show("a doubleword at 0x30: "u8, "its upper half"u8);
        Show("UARTCR after a byte 5 at "u8, "0x31"u8);
        Show("UARTCR after a halfword 0x303 at "u8, "0x32"u8);
        Show("UARTCR after a byte 1 at "u8, "0x30"u8);
        Show("after a doubleword at 0x20: "u8, "UARTILPR"u8);
        Show("after a doubleword at 0x20: "u8, "UARTIBRD"u8);
    }

    private static void OneByte(uint lineControl, ReadOnlySpan<byte> prefix)
    {
        Loop(lineControl);
        Mmio.Write32(Data, 0xa00 | 'x');
        Note(Flags);
        Note(Raw);
        Note(Data);
        Note(Flags);
        Note(Raw);
        Note(Status);
        Note(Data);
        Note(Flags);
        Mmio.Write32(Clear, 0x7ff);
        Note(Raw);
        End();
        Show(prefix, "UARTFR with a looped byte"u8);
        Show(prefix, "UARTRIS with a looped byte"u8);
        Show(prefix, "UARTDR with a looped byte"u8);
        Show(prefix, "UARTFR when it is taken"u8);
        Show(prefix, "UARTRIS when it is taken"u8);
        Show(prefix, "UARTRSR when it is taken"u8);
        Show(prefix, "UARTDR when it is empty"u8);
        Show(prefix, "UARTFR after that"u8);
        Show(prefix, "UARTRIS when it is cleared"u8);
    }

    // One byte less than fits, all, one by one out again, and in again where the ring has gone round.
    private static void Levels(uint lineControl, uint depth, ReadOnlySpan<byte> prefix)
    {
        Loop(lineControl);
        for (uint i = 0; i < depth; i++)
        {
            Note(Flags);
            Mmio.Write32(Data, 'a' + i);
        }

        Note(Flags);
        Mmio.Write32(Clear, 0x7ff);
        Note(Raw);
        for (uint i = 0; i < depth; i++)
        {
            Note(Data);
            Note(Flags);
            Note(Raw);
        }

        Mmio.Write32(Data, 'z');
        Note(Data);
        End();
        for (uint i = 0; i <= depth; i++)
        {
            Show(prefix, "UARTFR as it fills"u8);
        }

        Show(prefix, "UARTRIS when it is full and cleared"u8);
        for (uint i = 0; i < depth; i++)
        {
            Show(prefix, "UARTDR as it drains"u8);
            Show(prefix, "UARTFR as it drains"u8);
            Show(prefix, "UARTRIS as it drains"u8);
        }

        Show(prefix, "UARTDR with one more"u8);
    }

    // More than fits.
    private static void Overrun(uint lineControl, uint bytes, ReadOnlySpan<byte> prefix)
    {
        Loop(lineControl);
        for (uint i = 0; i < bytes; i++)
        {
            Mmio.Write32(Data, 'A' + i);
        }

        Note(Flags);
        Note(Raw);
        Note(Status);
        for (uint i = 0; i < bytes; i++)
        {
            Note(Data);
            Note(Flags);
        }

        Note(Raw);
        End();
        Show(prefix, "UARTFR when too much came"u8);
        Show(prefix, "UARTRIS when too much came"u8);
        Show(prefix, "UARTRSR when too much came"u8);
        for (uint i = 0; i < bytes; i++)
        {
            Show(prefix, "UARTDR after too much"u8);
            Show(prefix, "UARTFR after too much"u8);
        }

        Show(prefix, "UARTRIS after too much"u8);
    }

    private static void FifoSwitch()
    {
        Loop(Fifos);
        Mmio.Write32(Data, 'p');
        Mmio.Write32(Data, 'q');
        Mmio.Write32(LineControl, NoFifos);
        Note(Flags);
        Note(Raw);
        Mmio.Write32(Data, 'r');
        Note(Flags);
        Mmio.Write32(LineControl, Fifos);
        Note(Flags);
        Mmio.Write32(Data, 's');
        Note(Data);
        Note(Flags);
        End();
        Show("FEN off: "u8, "UARTFR with two bytes in it before"u8);
        Show("FEN off: "u8, "UARTRIS with two bytes in it before"u8);
        Show("FEN off: "u8, "UARTFR with one"u8);
        Show("FEN on: "u8, "UARTFR with one before"u8);
        Show("FEN on: "u8, "UARTDR of the next one"u8);
        Show("FEN on: "u8, "UARTFR when it is taken"u8);
    }

    private static void Break()
    {
        Loop(Fifos);
        Mmio.Write32(LineControl, Fifos | 1);
        Note(Flags);
        Note(Raw);
        Note(Status);
        Note(Data);
        Note(Status);
        Mmio.Write32(Status, 0);
        Note(Status);
        Mmio.Write32(LineControl, Fifos);
        Note(Flags);
        End();
        Show("a break: "u8, "UARTFR"u8);
        Show("a break: "u8, "UARTRIS"u8);
        Show("a break: "u8, "UARTRSR before UARTDR is read"u8);
        Show("a break: "u8, "UARTDR"u8);
        Show("a break: "u8, "UARTRSR"u8);
        Show("a break: "u8, "UARTRSR after a write of UARTECR"u8);
        Show("a break: "u8, "UARTFR when it ends"u8);
    }

    private static void ModemLines()
    {
        const int Lines = 4;
        const uint First = 1 << 10;
        Loop(Fifos);
        for (int i = 0; i < Lines; i++)
        {
            Mmio.Write32(Control, Open | Loopback | (First << i));
            Note(Flags);
            Note(Raw);
            Mmio.Write32(Clear, 0x7ff);
            Note(Raw);
            Note(Flags);
        }

        Mmio.Write32(Control, Open | (First << 1));
        Note(Flags);
        Note(Raw);
        Mmio.Write32(Control, Open | Loopback);
        Note(Flags);
        Note(Raw);
        End();
        for (int i = 0; i < Lines; i++)
        {
            Show("DTR RTS OUT1OUT2"u8.Slice(i * 4, 4), ": UARTFR"u8);
            Show("DTR RTS OUT1OUT2"u8.Slice(i * 4, 4), ": UARTRIS"u8);
            Show("DTR RTS OUT1OUT2"u8.Slice(i * 4, 4), ": UARTRIS when it is cleared"u8);
            Show("DTR RTS OUT1OUT2"u8.Slice(i * 4, 4), ": UARTFR after that"u8);
        }

        Show("RTS without loopback: "u8, "UARTFR"u8);
        Show("RTS without loopback: "u8, "UARTRIS"u8);
        Show("loopback without lines: "u8, "UARTFR"u8);
        Show("loopback without lines: "u8, "UARTRIS"u8);
    }

    private static void Disabled()
    {
        Loop(Fifos);
        Mmio.Write32(Control, Loopback);
        Mmio.Write32(Data, 'd');
        Note(Flags);
        Note(Raw);
        Note(Data);
        End();
        Show("UARTEN, TXE and RXE clear: "u8, "UARTFR"u8);
        Show("UARTEN, TXE and RXE clear: "u8, "UARTRIS"u8);
        Show("UARTEN, TXE and RXE clear: "u8, "UARTDR"u8);
    }

    private static void Interrupt()
    {
        const ulong Pending = Gic.Distributor + 0x204;
        Loop(Fifos);
        Mmio.Write32(Clear, 0x7ff);
        Mmio.Write32(Mask, 0x10);
        Note(Mmio.Read32(Pending) & 2);
        Mmio.Write32(Data, 'i');
        Note(Masked);
        Note(Mmio.Read32(Pending) & 2);
        Note(Data);
        Note(Mmio.Read32(Pending) & 2);
        Mmio.Write32(Mask, 0x20);
        Note(Masked);
        Note(Mmio.Read32(Pending) & 2);
        Mmio.Write32(Clear, 0x20);
        Note(Mmio.Read32(Pending) & 2);
        Mmio.Write32(Mask, 0x08);
        Mmio.Write32(Control, Open | Loopback | (1 << 10));
        Note(Masked);
        Note(Mmio.Read32(Pending) & 2);
        Mmio.Write32(Mask, 0);
        Note(Mmio.Read32(Pending) & 2);
        End();
        Show("the interrupt: "u8, "pending before"u8);
        Show("the interrupt: "u8, "UARTMIS with a looped byte"u8);
        Show("the interrupt: "u8, "pending with a looped byte"u8);
        Show("the interrupt: "u8, "UARTDR"u8);
        Show("the interrupt: "u8, "pending when it is taken"u8);
        Show("the interrupt: "u8, "UARTMIS of the transmitter"u8);
        Show("the interrupt: "u8, "pending for the transmitter"u8);
        Show("the interrupt: "u8, "pending when that is cleared"u8);
        Show("the interrupt: "u8, "UARTMIS of DSR"u8);
        Show("the interrupt: "u8, "pending for DSR"u8);
        Show("the interrupt: "u8, "pending when it is masked"u8);
    }

    private static void Loop(uint lineControl)
    {
        Hal.Console.Write("# looped: "u8);
        Begin();
        Mmio.Write32(LineControl, lineControl);
        Mmio.Write32(Clear, 0x7ff);
        Mmio.Write32(Control, Open | Loopback);
    }

    private static void Begin()
    {
        s_count = 0;
        s_shown = 0;
    }

    private static void Note(ulong address) => Note(Mmio.Read32(address));

    private static void Note(uint value)
    {
        if (s_count < ReadingCount)
        {
            Of(ref s_readings)[s_count++] = value;
        }
    }

    // The port as Start.cs opened it, and empty.
    private static void End()
    {
        bool hasLooped = (Mmio.Read32(Control) & Loopback) != 0;
        Mmio.Write32(Mask, 0);
        Mmio.Write32(Control, Open);
        Mmio.Write32(LineControl, NoFifos);
        for (int i = 0; i < 32 && (Mmio.Read32(Flags) & 0x10) == 0; i++)
        {
            Mmio.Read32(Data);
        }

        Mmio.Write32(Clear, 0x7ff);
        if (hasLooped)
        {
            Hal.Console.WriteLine();
        }
    }

    private static void Show(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second) =>
        Tap.Reading(first, second, s_shown < s_count ? Of(ref s_readings)[s_shown++] : ulong.MaxValue);

    private static uint* Of(ref Words words) => ((Words*)Unsafe.AsPointer(ref words))->Value;

    private struct Words
    {
        public fixed uint Value[ReadingCount];
    }
}
