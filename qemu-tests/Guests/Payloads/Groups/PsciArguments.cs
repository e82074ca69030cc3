// PSCI with arguments that nobody should make: reserved bits, other levels, entries that are no instruction's address, function ids
// with something in their upper half, functions that there are not. The machine's own firmware says what comes back.

using System;
using Nestor.Hal;

namespace Nestor.Payloads;

internal static class PsciArguments
{
    private const ulong High = 1UL << 32;
    private const uint Functions = 0x20;

    public static void Run()
    {
        for (uint i = 0; i < Functions; i++)
        {
            Features(Psci.Version + i);
            Features(Psci.Version + (1UL << 30) + i);
        }

        Features(0x8000_0000);
        Features(0x8000_0001);
        Features(Psci.Version | High);
        Features(Psci.CpuOn64 | High);
        Features(Psci.CpuOn64 | (1UL << 63));
        Features(0);
        Features(ulong.MaxValue);
        Unknown();
        AffinityInfo();
        CpuOn(Psci.CpuOn64, "CPU_ON "u8);
        CpuOn(Psci.CpuOn32, "CPU_ON, 32 bits "u8);
        Tap.Reading("AFFINITY_INFO of "u8, 1, Call(Psci.AffinityInfo64, 1, 0));
        Suspend();
    }

    private static void Features(ulong function) => Tap.Reading("PSCI_FEATURES of "u8, function, Call(Psci.Features, function, 0));

    // Every function but those that do something with no argument at all.
    private static void Unknown()
    {
        for (uint i = 0; i < Functions; i++)
        {
            if (i is not (1 or 2 or 3 or 8 or 9))
            {
                Tap.Reading("the call "u8, Psci.Version + i, Call(Psci.Version + i, 0, 0));
            }

            if (i is not (1 or 3))
            {
                Tap.Reading("the call "u8, Psci.Version + (1UL << 30) + i, Call(Psci.Version + (1UL << 30) + i, 0, 0));
            }

            Tap.Reading("the call "u8, Psci.Version + High + i, Call(Psci.Version + High + i, 0, 0));
        }

        Tap.Reading("the call "u8, 0, Call(0, 0, 0));
        Tap.Reading("the call "u8, 0x8000_0000, Call(0x8000_0000, 0, 0));
        Tap.Reading("the call "u8, 0x8000_0001, Call(0x8000_0001, 0x8000_8000, 0));
        Tap.Reading("the call "u8, 0x8600_0000, Call(0x8600_0000, 0, 0));
        Tap.Reading("the call "u8, ulong.MaxValue, Call(ulong.MaxValue, 0, 0));
    }

    private static void AffinityInfo()
    {
        for (uint level = 0; level < 4; level++)
        {
            Info(0, level);
            Info(1, level);
            Info(2, level);
            Info(0x8000_0000, level);
            Info(0x8000_0001, level);
            Info(0x4000_0000, level);
            Info(0x100_0000, level);
            Info(0x1_0000, level);
            Info(0x100, level);
            Info(High, level);
            Info(High | 1, level);
            Info(0x8000_0000_0000_0000, level);
            Info(ulong.MaxValue, level);
        }

        Info(1, 4);
        Info(1, High);
        Info(1, ulong.MaxValue);
        Info(7, ulong.MaxValue);
        Tap.Reading("AFFINITY_INFO, 32 bits, of "u8, 1, Call(Psci.AffinityInfo32, 1, 0));
        Tap.Reading("AFFINITY_INFO, 32 bits, of "u8, High | 1, Call(Psci.AffinityInfo32, High | 1, 0));
        Tap.Reading("AFFINITY_INFO, 32 bits, of "u8, 0x8000_0001, Call(Psci.AffinityInfo32, 0x8000_0001, 0));
    }

    private static void Info(ulong affinity, ulong level) => Tap.Reading(level switch
    {
        0 => "AFFINITY_INFO of "u8,
        1 => "AFFINITY_INFO at level 1 of "u8,
        2 => "AFFINITY_INFO at level 2 of "u8,
        3 => "AFFINITY_INFO at level 3 of "u8,
        _ => "AFFINITY_INFO at no level of "u8,
    }, affinity, Call(Psci.AffinityInfo64, affinity, level));

    // None of these may start the other CPU.
    private static void CpuOn(ulong function, ReadOnlySpan<byte> name)
    {
        ulong entry = Symbols.SecondaryStart;
        Tap.Reading(name, "with an odd entry"u8, Call(function, 1, entry | 1));
        Tap.Reading(name, "with an entry between halfwords"u8, Call(function, 1, entry | 3));
        Tap.Reading(name, "with an entry at a halfword"u8, Call(function, 1, entry | 2));
        Tap.Reading(name, "of this CPU"u8, Call(function, 0, entry));
        Tap.Reading(name, "of this CPU with an odd entry"u8, Call(function, 0, entry | 1));
        Tap.Reading(name, "of this CPU with bit 31"u8, Call(function, 0x8000_0000, entry));
        Tap.Reading(name, "with bit 31 of the MPIDR"u8, Call(function, 0x8000_0001, entry));
        Tap.Reading(name, "with bit 30 of the MPIDR"u8, Call(function, 0x4000_0001, entry));
        Tap.Reading(name, "with bit 24 of the MPIDR"u8, Call(function, 0x0100_0001, entry));
        Tap.Reading(name, "with bit 63 of the MPIDR"u8, Call(function, 0x8000_0000_0000_0001, entry));
        Tap.Reading(name, "with Aff1"u8, Call(function, 0x101, entry));
        Tap.Reading(name, "with Aff2"u8, Call(function, 0x1_0001, entry));
        Tap.Reading(name, "with Aff3"u8, Call(function, High | 1, entry));
        Tap.Reading(name, "of no CPU"u8, Call(function, 2, entry));
        Tap.Reading(name, "of no CPU with an odd entry"u8, Call(function, 2, entry | 1));
        Tap.Reading(name, "of all ones"u8, Call(function, ulong.MaxValue, entry));
    }

    // An interrupt is pending, so the one that waits comes back.
    private static void Suspend()
    {
        Gic.Open();
        Gic.SendToSelf(1);
        Suspend(Psci.CpuSuspend64, 0);
        Suspend(Psci.CpuSuspend32, 0);
        Suspend(Psci.CpuSuspend64, 1);
        Suspend(Psci.CpuSuspend64, 0x1_0000);
        Suspend(Psci.CpuSuspend64, 0x2_0000);
        Suspend(Psci.CpuSuspend64, 0x100_0000);
        Suspend(Psci.CpuSuspend64, 0x200_0000);
        Suspend(Psci.CpuSuspend64, 0x8000_0000);
        Suspend(Psci.CpuSuspend32, 0x8000_0000);
        Suspend(Psci.CpuSuspend64, High);
        Tap.Reading("the interrupt that was"u8, " pending"u8, Gic.Acknowledge());
        Gic.End(1);
    }

    private static void Suspend(ulong function, ulong state) =>
        Tap.Reading(function == Psci.CpuSuspend64 ? "CPU_SUSPEND of the state "u8 : "CPU_SUSPEND, 32 bits, of the state "u8, state, Call(function, state, Symbols.SecondaryStart));

    private static ulong Call(ulong function, ulong first, ulong second) => (ulong)Cpu.Psci(function, first, second, 0);
}
