// No group of checks: a small hypervisor that goes about its business beside another guest, until a key is pressed. Each round
// has all that a guest could lose to its neighbour: memory, a guest below a stage 2 of its own under VMID 1 (which the
// neighbour has, too, and at the same address), a timer, a list register.

using System;
using Nestor.Hal;

namespace Nestor.Payloads;

internal static unsafe class Neighbour
{
    private const ulong Window = 0x8000_0000;
    private const ulong Kept = 0x4800_0000;             // beyond all that other groups use
    private const ulong KeptSize = 0x4_0000;
    private const uint Timer = 26;
    private const uint Number = 40;
    private const ulong SpeakEvery = 100_000_000;       // ticks of the counter, nanoseconds on QEMU

    private static ulong s_round;

    public static void Run()
    {
        El2.Enter(true);
        Gic.Open();
        GicCpuInterface.Enable(Gic.Own, Timer);
        El2.Change(Hcr.VM | Hcr.IMO | Hcr.FMO);
        Stage2Tables.Reset();
        Stage2Tables.BeginWithRam();
        Stage2Tables.Map(Window, Symbols.DataArea, 3, Stage2Tables.Plain);
        Stage2Tables.Use(Stage2Tables.Control, 1);
        for (ulong at = 0; at < KeptSize; at += 8)
        {
            *(ulong*)(Kept + at) = Pattern(at);
        }

        ulong spoken = SystemRegisters.CNTPCT_EL0;
        while (!Hal.Console.Port.TryReceive(out _))
        {
            s_round++;
            if (!(Expect(HasMemory(), "memory"u8) && Expect(HasGuest(), "its guest"u8) && Expect(HasTimer(), "the timer"u8) && Expect(HasInterrupt(), "the list registers"u8)))
            {
                return;
            }

            if (SystemRegisters.CNTPCT_EL0 - spoken > SpeakEvery)
            {
                spoken = SystemRegisters.CNTPCT_EL0;
                Say(" rounds"u8, default);
            }
        }

        Say(" rounds, all well"u8, default);
    }

    private static bool Expect(bool good, ReadOnlySpan<byte> what)
    {
        if (!good)
        {
            Say(" rounds, and then lost "u8, what);
        }

        return good;
    }

    private static void Say(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        Hal.Console.Write("neighbour: "u8);
        Hal.Console.WriteDecimal(s_round);
        Hal.Console.Write(first);
        Hal.Console.Write(second);
        Hal.Console.WriteLine();
    }

    private static ulong Pattern(ulong at) => (at + 1) * 0x9e37_79b9_7f4a_7c15;

    private static bool HasMemory()
    {
        bool good = true;
        for (ulong at = 0; at < KeptSize; at += 8)
        {
            good &= *(ulong*)(Kept + at) == Pattern(at);
        }

        return good;
    }

    // The page behind the window is another one each time, and a missing one faults.
    private static bool HasGuest()
    {
        ulong page = Symbols.DataArea + ((s_round & 1) << 12);
        *(ulong*)page = Pattern(s_round);
        *Stage2Tables.Entry(Window, 3) = page | Stage2Tables.Plain | 3;
        Maintain.Ipa(Window);
        return Probe.Reads(Window, Pattern(s_round)) && Probe.LoadFaults(Window + 0x1000, 7);
    }

    private static bool HasTimer()
    {
        const ulong Soon = 20_000;
        SystemRegisters.CNTHP_CVAL_EL2 = SystemRegisters.CNTPCT_EL0 + Soon;
        SystemRegisters.CNTHP_CTL_EL2 = 1;
        Instructions.Isb();
        return Gic.Takes(Timer, Encoding.CNTHP_CTL_EL2, 0);
    }

    private static bool HasInterrupt()
    {
        VirtualInterface.Open();
        VirtualInterface.Write(0, VirtualInterface.Interrupt(VirtualInterface.Pending, Number));
        Code.Begin();
        VirtualInterface.EmitAcknowledge(0);
        VirtualInterface.EmitEnd(0);
        Code.Finish();
        Excursion* end = Excursion.Run(Pstate.El1h);
        bool good = end->Finished && end->X[0] == Number && VirtualInterface.StateOf(0) == 0;
        VirtualInterface.Close();
        return good;
    }
}
