// The list of groups. A group is one file in Groups/ and one line here.

using System;

namespace Nestor.Payloads;

internal static class Groups
{
    private static bool s_all;

    /// <summary>Runs the groups of these names, with commas between them, or all groups of checks when there is none.</summary>
    public static void Run(ReadOnlySpan<byte> name)
    {
        if (Text.Equal(name, "neighbour"u8))
        {
            Neighbour.Run();
            Cpu.PowerOff();
        }

        if (Text.Equal(name, "two-vmids"u8))
        {
            TwoVmids.Run();
            Cpu.PowerOff();
        }

        if (Text.Equal(name, "sweep"u8))
        {
            // No group of checks either: its list is compared by a test of its own.
            if (Cpu.IsAtEl2) { Sweep.Run(); } else { Sweep.RunAtEl1(); }
            return;
        }

        if (Text.Equal(name, "fuzz"u8))
        {
            Programs.Run();                             // what it runs comes from outside
            Cpu.PowerOff();
        }

        if (Text.Equal(name, "bench"u8))
        {
            Benchmarks.Run(BootArguments.Value("row="u8));
            return;
        }

        if (Text.Equal(name, "reset-values"u8) || Text.Equal(name, "el1-reset-values"u8))
        {
            ResetValues.Run();                          // alone: every other group leaves values behind
            return;
        }

        s_all = name.Length == 0;
        if (Cpu.IsAtEl2)
        {
            RunAtEl2(name);
        }
        else
        {
            RunAtEl1(name);
        }
    }

    private static void RunAtEl2(ReadOnlySpan<byte> name)
    {
        if (Is(name, "e2h-changes"u8)) { E2hChanges.Run(); }
        if (Is(name, "registers"u8)) { Registers.Run(); }
        if (Is(name, "vector-lengths"u8)) { VectorLengths.Run(); }
        if (Is(name, "exceptions"u8)) { Exceptions.Run(); }
        if (Is(name, "eret"u8)) { ExceptionReturns.Run(); }
        if (Is(name, "eret-modes"u8)) { ReturnModes.Run(); }
        if (Is(name, "nested-el1"u8)) { NestedEl1.Run(); }
        if (Is(name, "stage2"u8)) { Stage2.Run(); }
        if (Is(name, "stage2-formats"u8)) { Stage2Formats.Run(); }
        if (Is(name, "stage2-rights"u8)) { Stage2Rights.Run(); }
        if (Is(name, "external-aborts"u8)) { ExternalAborts.Run(); }
        if (Is(name, "device-accesses"u8)) { DeviceAccesses.Run(); }
        if (Is(name, "emulated-state"u8)) { EmulatedState.Run(); }
        if (Is(name, "at"u8)) { Translation.Run(); }
        if (Is(name, "tlbi"u8)) { Invalidation.Run(); }
        if (Is(name, "byte-order"u8)) { ByteOrder.Run(); }
        if (Is(name, "hostile"u8)) { Hostile.Run(); }
        if (Is(name, "timers"u8)) { Timers.Run(); }
        if (Is(name, "timer-withdrawal"u8)) { Timers.Withdrawal(); }
        if (Is(name, "timers-of-el1"u8)) { Timers.OfEl1(); }
        if (Is(name, "counter-offset"u8)) { CounterOffset.Run(); }
        if (Is(name, "gic"u8)) { InterruptController.Run(); }
        if (Is(name, "one-group"u8)) { OneGroup.Run(); }
        if (Is(name, "list-registers"u8)) { ListRegisters.Run(); }
        if (Is(name, "its"u8)) { TranslationService.Run(); }
        if (Is(name, "psci"u8)) { PowerControl.Run(); }
        if (Is(name, "psci-arguments"u8)) { PsciArguments.Run(); }
        if (Is(name, "pl011"u8)) { SerialPort.Run(); }
        if (Is(name, "smp"u8)) { Multiprocessing.Run(); }
        if (Is(name, "shared-cpu"u8)) { SharedCpu.Run(); }
        if (Is(name, "wfi"u8)) { Waiting.Run(); }
        if (Is(name, "second-level"u8)) { SecondLevel.Run(); }
        if (Is(name, "tlbi-at"u8)) { Maintenance.Run(); }
        if (Is(name, "traps"u8)) { TrapForwarding.Run(); }
        if (Is(name, "trap-classes"u8)) { TrapClasses.Run(); }
        if (Is(name, "self-debug"u8)) { SelfDebug.Run(); }
        if (Is(name, "el2-debug"u8)) { El2Debug.Run(); }
        if (Is(name, "regime-rules"u8)) { RegimeRules.Run(); }
        if (Is(name, "tge-el0"u8)) { UserOfEl2.Run(); }
        if (Is(name, "vmids"u8)) { Vmids.Run(); }
        if (Is(name, "recursion"u8)) { Recursion.Run(); }
        if (Is(name, "ids"u8)) { Identification.Run(); }
        if (Is(name, "own-tables"u8)) { OwnTables.Run(); }
        if (Is(name, "leak"u8)) { Leak.Run(); }
        if (Is(name, "own-traps"u8)) { OwnTraps.Run(); }
        if (Is(name, "own-traps-redirected"u8)) { OwnTraps.RunRedirected(); }
    }

    private static void RunAtEl1(ReadOnlySpan<byte> name)
    {
        if (Is(name, "el1-exceptions"u8)) { PlainEl1.Run(); }
        if (Is(name, "el1-timers"u8)) { Timers.RunAtEl1(); }
        if (Is(name, "el1-gic"u8)) { InterruptController.RunAtEl1(); }
        if (Is(name, "el1-its"u8)) { TranslationService.RunAtEl1(); }
        if (Is(name, "el1-device-accesses"u8)) { DeviceAccesses.RunAtEl1(); }
        if (Is(name, "el1-psci"u8)) { PowerControl.Run(); }
        if (Is(name, "el1-psci-arguments"u8)) { PsciArguments.Run(); }
        if (Is(name, "el1-pl011"u8)) { SerialPort.Run(); }
        if (Is(name, "el1-ids"u8)) { Identification.Run(); }
        if (Is(name, "el1-leak"u8)) { Leak.RunAtEl1(); }
    }

    private static bool Is(ReadOnlySpan<byte> wanted, ReadOnlySpan<byte> group)
    {
        int start = 0;
        for (int end = 0; end <= wanted.Length; end++)
        {
            if (end == wanted.Length || wanted[end] == (byte)',')
            {
                if (Text.Equal(wanted.Slice(start, end - start), group))
                {
                    return true;
                }

                start = end + 1;
            }
        }

        return s_all;
    }
}
