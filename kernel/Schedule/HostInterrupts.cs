// The machine's own interrupts, as they arrive while a guest runs or a CPU idles.

using Nestor.Hal;

namespace Nestor.Kernel;

/// <summary>Physical interrupts.</summary>
public static unsafe class HostInterrupts
{
    /// <summary>The host UART's interrupt id; 0 before it is known.</summary>
    public static uint Uart;

    /// <summary>Takes every pending interrupt of this CPU.</summary>
    public static void Handle(PerCpu* cpu)
    {
        // Bounded: one that does not go away is taken again at the next exit.
        for (int i = 0; i < 64; i++)
        {
            ulong interrupt = SystemRegisters.ICC_IAR1_EL1 & 0xff_ffff;
            if (interrupt >= InterruptIds.FirstSpecial)
            {
                return;
            }

            if (interrupt != InterruptIds.Kick)         // of a kick the exit itself is what was wanted
            {
                Dispatch(cpu, (uint)interrupt);
            }

            SystemRegisters.ICC_EOIR1_EL1 = interrupt;
        }
    }

    private static void Dispatch(PerCpu* cpu, uint interrupt)
    {
        switch (interrupt)
        {
            case InterruptIds.Maintenance:
                if (cpu->Loaded != null)
                {
                    VirtualInterrupts.Maintain(cpu->Loaded);
                    Scheduler.SetTimer(cpu, VirtualTimers.Update(cpu->Loaded, loaded: true));
                }

                break;
            case InterruptIds.VirtualTimer:
            case InterruptIds.PhysicalTimer:
                if (cpu->Loaded != null)
                {
                    NestedInterrupts.Settle(cpu->Loaded);
                    Scheduler.SetTimer(cpu, VirtualTimers.Update(cpu->Loaded, loaded: true));
                }

                break;
            case InterruptIds.Debugger:
                StopReport.Give();
                break;
            case InterruptIds.HypervisorTimer:
                Scheduler.Tick(cpu);
                break;
            default:
                if (interrupt == Uart)
                {
                    GuestConsole.Receive(cpu);
                }
                else if (interrupt == GdbStub.Interrupt)
                {
                    GdbStub.Receive();
                    Scheduler.RestoreTimer(cpu);
                }
                else if (interrupt == Snapshot.Interrupt)
                {
                    Snapshot.SaveAll();
                }

                break;
        }
    }
}
