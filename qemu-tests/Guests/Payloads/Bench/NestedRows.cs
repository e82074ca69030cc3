// This guest as a hypervisor of its own: what a call and a device access of its guest cost it, with a handler that does
// nothing. It is the least that a nested guest pays.

using System;
using Nestor.Hal;

namespace Nestor.Payloads;

internal static unsafe class NestedRows
{
    private const ulong Stage2Control = (1UL << 31) | (2UL << 16) | (3UL << 12) | (1UL << 10) | (1UL << 8) | (1UL << 6) | 25;
    private const ulong NormalBlock = 1 | (0xf << 2) | (3UL << 6) | (3UL << 8) | (1UL << 10);
    private const ulong Memory = 1UL << 30;
    private const ulong Table = 2;
    private const ulong Pages = 0x4800_0000;
    private const uint PageCount = 1024;
    private const ulong Device = 0x0900_0018;

    private static ulong s_end;

    public static void Run(ReadOnlySpan<byte> name)
    {
        if (Benchmarks.Is(name, "nested-call"u8)) { Call("nested-call"u8); }
        OpenStage2();
        if (Benchmarks.Is(name, "nested-call-stage2"u8)) { Call("nested-call-stage2"u8); }
        if (Benchmarks.Is(name, "nested-device-read"u8)) { DeviceRead("nested-device-read"u8); }
        if (Benchmarks.Is(name, "shadow-fault"u8)) { ShadowFault("shadow-fault"u8); }
        Cpu.ResetHcr(true);
    }

    /// <summary>Identity for memory, some of it in pages; nothing for devices.</summary>
    private static void OpenStage2()
    {
        ulong* root = (ulong*)Symbols.PageTables;
        ulong* blocks = root + 512;
        ulong* pages = blocks + 512;
        for (uint i = 0; i < 512; i++)
        {
            root[i] = 0;
            blocks[i] = Memory + (i << 21) | NormalBlock;
        }

        for (uint i = 0; i < PageCount; i++)
        {
            pages[i] = Pages + (i << 12) | NormalBlock | Table;
        }

        root[1] = (ulong)blocks | Table | 1;
        blocks[(Pages - Memory) >> 21] = (ulong)pages | Table | 1;
        blocks[((Pages - Memory) >> 21) + 1] = (ulong)(pages + 512) | Table | 1;
        Instructions.DsbSy();
        SystemRegisters.VTCR_EL2 = Stage2Control;
        SystemRegisters.VTTBR_EL2 = (ulong)root | (1UL << 48);
        Cpu.SetHcr(SystemRegisters.HCR_EL2 | Hcr.VM);
        Instructions.TlbiAlle1();
        Instructions.DsbSy();
        Instructions.Isb();
    }

    /// <summary>HVC at EL1, and ERET of its hypervisor; EL1 does nothing else.</summary>
    private static void Call(ReadOnlySpan<byte> name)
    {
        uint guest = Enter();
        Code.Hvc(0);
        MeasuredLoop.BranchTo(guest);
        Handler(skip: false);
        Measure(name, guest, 1);
    }

    /// <summary>A load from EL1 that stage 2 does not allow; its hypervisor passes over it.</summary>
    private static void DeviceRead(ReadOnlySpan<byte> name)
    {
        uint guest = Enter();
        Code.LoadWord(2, 1);
        MeasuredLoop.BranchTo(guest);
        Handler(skip: true);
        Measure(name, guest, 1);
    }

    /// <summary>
    /// EL1 loads from pages that its hypervisor's stage 2 maps and that nobody has used since its TLB maintenance. EL1 reads
    /// the clock, so that what lies around the loop does not count.
    /// </summary>
    private static void ShadowFault(ReadOnlySpan<byte> name)
    {
        MeasuredLoop.Begin(true);
        Code.Sys(4, 8, 3, 4, 31);                       // TLBI ALLE1IS
        Code.Dsb();
        Code.Msr(Encoding.ELR_EL1, 3);
        Code.Msr(Encoding.SPSR_EL1, 4);
        Code.Eret();
        s_end = Code.Offset;
        MeasuredLoop.End(true, timed: false);
        uint guest = (uint)Code.Offset;
        MeasuredLoop.ReadCounter(MeasuredLoop.Before);
        ulong top = Code.Offset;
        Code.Load(2, 1);
        Code.Emit(0x91400421);                          // add x1, x1, #4096
        Code.Emit(0xf1000400 | (MeasuredLoop.Counter << 5) | MeasuredLoop.Counter);
        MeasuredLoop.BranchIf(MeasuredLoop.NotEqual, top);
        MeasuredLoop.ReadCounter(MeasuredLoop.After);
        MeasuredLoop.AddDifference(MeasuredLoop.After, MeasuredLoop.Before);
        Code.Hvc(0);
        MeasuredLoop.FillTo(MeasuredLoop.VectorOffset + 0x400);
        Code.Branch(5);
        Code.Publish();
        SetValues(Pages, guest);
        uint count = Benchmarks.Count < PageCount ? Benchmarks.Count : PageCount;
        uint size = Batches.SizeOf(count);
        if (MeasuredLoop.RunBatches(size, out ulong all, out ulong quartile))
        {
            Benchmarks.Report(name, size, all, quartile, MeasuredLoop.Empty(size, 1));
        }
        else
        {
            Benchmarks.Fail(name);
        }
    }

    /// <summary>The way to EL1, and the place that the loop ends at.</summary>
    private static uint Enter()
    {
        MeasuredLoop.Begin(true);
        Code.Msr(Encoding.ELR_EL1, 3);
        Code.Msr(Encoding.SPSR_EL1, 4);
        MeasuredLoop.Start();
        Code.Eret();
        s_end = Code.Offset;
        MeasuredLoop.End(true);
        return (uint)Code.Offset;
    }

    private static void Handler(bool skip)
    {
        MeasuredLoop.FillTo(MeasuredLoop.VectorOffset + 0x400);
        if (skip)
        {
            Code.Mrs(2, Encoding.ELR_EL1);
            Code.Add(2, 2, 4);
            Code.Msr(Encoding.ELR_EL1, 2);
        }

        Code.Emit(0xf1000400 | (MeasuredLoop.Counter << 5) | MeasuredLoop.Counter);
        MeasuredLoop.BranchIf(MeasuredLoop.Equal, Code.Offset + 8);
        Code.Eret();
        Code.Branch(5);
        Code.Publish();
    }

    private static void Measure(ReadOnlySpan<byte> name, uint guest, uint around)
    {
        SetValues(Device, guest);
        Benchmarks.Measure(name, around);
    }

    private static void SetValues(ulong address, uint guest)
    {
        MeasuredLoop.Values[1] = address;
        MeasuredLoop.Values[3] = Symbols.CodeArea + guest;
        MeasuredLoop.Values[4] = Pstate.El1h;
        MeasuredLoop.Values[5] = Symbols.CodeArea + s_end;
    }
}
