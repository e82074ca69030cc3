// Registers of devices, and an access where there is no device.

using System;
using Nestor.Hal;

namespace Nestor.Payloads;

internal static unsafe class DeviceRows
{
    private const ulong DistributorType = Gic.Distributor + 4;
    private const ulong DistributorPriority = Gic.Distributor + 0x420;
    private const ulong Uart = 0x0900_0000;
    private const ulong UartFlags = 0x0900_0018;
    private const ulong UartMask = 0x0900_0038;
    private const ulong Nothing = 0x0bf0_0000;

    public static void Run(ReadOnlySpan<byte> name)
    {
        if (Benchmarks.Is(name, "gic-read"u8)) { Access("gic-read"u8, DistributorType, false); }
        if (Benchmarks.Is(name, "gic-write"u8)) { Access("gic-write"u8, DistributorPriority, true); }
        if (Benchmarks.Is(name, "gic-redistributor-read"u8)) { Access("gic-redistributor-read"u8, Gic.Redistributors + 8, false); }
        if (Benchmarks.Is(name, "uart-read"u8)) { Access("uart-read"u8, UartFlags, false); }
        if (Benchmarks.Is(name, "uart-write"u8)) { Access("uart-write"u8, UartMask, true); }
        if (Benchmarks.Is(name, "console-byte"u8)) { Print("console-byte"u8); }
        if (Benchmarks.Is(name, "stage2-fault"u8)) { Nowhere("stage2-fault"u8); }
    }

    private static void Access(ReadOnlySpan<byte> name, ulong address, bool store)
    {
        MeasuredLoop.Begin(false);
        Code.Emit((store ? 0xb900_0000 : 0xb940_0000) | (1 << 5) | 2);
        MeasuredLoop.Repeat();
        MeasuredLoop.End(false);
        MeasuredLoop.Values[1] = address;
        Benchmarks.Measure(name, 0);
    }

    /// <summary>A byte on the console as a driver that polls writes it: it waits until there is room, and writes.</summary>
    private static void Print(ReadOnlySpan<byte> name)
    {
        MeasuredLoop.Begin(false);
        Code.Emit(0xb940_1822);                         // ldr w2, [x1, #24]: UARTFR
        Code.Emit(0x372f_ffe2);                         // tbnz w2, #5, back: TXFF
        Code.Emit(0x3900_0023);                         // strb w3, [x1]: UARTDR
        MeasuredLoop.Repeat();
        MeasuredLoop.End(false);
        MeasuredLoop.Values[1] = Uart;
        MeasuredLoop.Values[3] = '.';
        Benchmarks.Measure(name, 0, prints: true);
    }

    /// <summary>A load that faults; the handler passes over it.</summary>
    private static void Nowhere(ReadOnlySpan<byte> name)
    {
        MeasuredLoop.Begin(true);
        Code.LoadWord(2, 1);
        MeasuredLoop.Repeat();
        MeasuredLoop.End(true);
        MeasuredLoop.FillTo(MeasuredLoop.VectorOffset + 0x200);
        Code.Mrs(2, Encoding.ELR_EL1);
        Code.Add(2, 2, 4);
        Code.Msr(Encoding.ELR_EL1, 2);
        Code.Eret();
        Code.Publish();
        MeasuredLoop.Values[1] = Nothing;
        Benchmarks.Measure(name, 0);
    }
}
