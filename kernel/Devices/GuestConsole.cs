// Guests' serial ports on the one console of the host. A single guest's bytes pass through as they come; with several, or while
// the monitor is open, whole lines are printed with the guest's name in front. What is typed goes to the monitor while that is
// open, else to the guest that has the focus.

using System.Runtime.CompilerServices;
using System.Threading;
using Nestor.Hal;

namespace Nestor.Kernel;

/// <summary>The console as guests share it.</summary>
public static unsafe class GuestConsole
{
    // Something is lost, and not the CPU with it, when a CPU is stuck with a lock.
    private const uint Patience = 10_000_000;

    // Half a line is a prompt when nothing has followed for a tenth of a second and the guest waits: a person hardly notices, and a
    // guest hypervisor's guest, which takes a while for each byte, still gets its lines whole. While a vCPU works, the bytes of a
    // line may be further apart, so half a line waits for a second.
    private const ulong PromptsPerSecond = 10;

    // Set when input waits in the host's port because a guest has no room; whoever clears it lets the port interrupt again.
    private static int s_heldBack;
    private static uint s_focus;

    // The guest that has no room, what it had read then, and until when it may read on before more is lost.
    private static VirtualMachine* s_full;
    private static uint s_fullTaken;
    private static ulong s_fullUntil;
    private static bool s_isLossTold;

    /// <summary>A guest's load from its UART.</summary>
    public static uint Read(VirtualMachine* machine, uint offset)
    {
        machine->UartLock.Enter();
        uint value = VirtualUart.Read(&machine->Uart, offset);
        bool high = VirtualUart.Interrupts(&machine->Uart);
        SetLine(machine, high);
        machine->UartLock.Exit();
        Retry();
        return value;
    }

    /// <summary>A guest's store to its UART.</summary>
    public static void Write(VirtualMachine* machine, uint offset, uint value)
    {
        machine->UartLock.Enter();
        if (VirtualUart.Write(&machine->Uart, offset, value))
        {
            machine->Printed.Add((byte)value);
            Print(machine, (byte)value);
        }

        bool high = VirtualUart.Interrupts(&machine->Uart);
        SetLine(machine, high);
        machine->UartLock.Exit();
    }

    /// <summary>Prints what is left of a guest's last line.</summary>
    public static void Flush(VirtualMachine* machine)
    {
        machine->UartLock.Enter();
        if (machine->Uart.LineLength != 0)
        {
            PrintLine(machine, isWhole: !PassesThrough);
        }

        machine->UartLock.Exit();
    }

    /// <summary>The host timer has fired: prints the half line of a guest that has nothing more to say for now.</summary>
    public static void FlushPrompt(VirtualMachine* machine)
    {
        VirtualUart* uart = &machine->Uart;
        if (uart->LineLength == 0)
        {
            return;
        }

        ulong now = SystemRegisters.CNTPCT_EL0;
        ulong due = uart->LineTime + PromptPause;
        if (now < due || (Works(machine) && now < uart->LineTime + SystemRegisters.CNTFRQ_EL0) || !machine->UartLock.TryEnter(Patience))
        {
            Scheduler.SetTimer(PerCpu.Current, now < due ? due : now + PromptPause);
            return;
        }

        if (uart->LineLength != 0)
        {
            PrintLine(machine, isWhole: !PassesThrough);
        }

        machine->UartLock.Exit();
    }

    /// <summary>
    /// The host's port has interrupted: takes what was typed, as much as the guest has room for; the rest stays in the port
    /// until the guest has read, or for a second in which it has not. Always on the CPU that the port interrupts.
    /// </summary>
    public static void Receive(PerCpu* cpu)
    {
        while (HasRoom())
        {
            if (!Console.Port.TryReceive(out byte value))
            {
                return;
            }

            if (!MonitorConsole.Take(value))
            {
                Type(value);
            }
        }

        // In this order: who finds the mark lets the port interrupt again, and must do so after this.
        Console.Port.DisableReceiveInterrupt();
        Interlocked.Exchange(ref s_heldBack, 1);
        Scheduler.SetTimer(cpu, s_fullUntil);

        // The guest may have read before it could know that somebody waits for it.
        if (HasRoom())
        {
            Retry();
        }
    }

    /// <summary>
    /// A QEMU that records hands on what is typed without asking whether the port has room, and a byte without room overwrites another.
    /// So the port gets all the room that it can have, once what came before is taken.
    /// </summary>
    public static void MakeRoom(PerCpu* cpu)
    {
        Receive(cpu);
        Console.Port.TurnFifosOn();
    }

    /// <summary>Input that was held back may interrupt again: whoever has no room by then holds it back again.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Retry()
    {
        if (s_heldBack != 0 && Interlocked.Exchange(ref s_heldBack, 0) != 0)
        {
            Console.Port.EnableReceiveInterrupt();
        }
    }

    /// <summary>The guest that input goes to: the chosen one, or the next that still runs; null when none does.</summary>
    public static VirtualMachine* Focus()
    {
        for (uint i = 0; i < Machines.Count; i++)
        {
            uint index = s_focus + i < Machines.Count ? s_focus + i : s_focus + i - Machines.Count;
            if (Machines.At(index)->Ended == 0)
            {
                s_focus = index;
                return Machines.At(index);
            }
        }

        return null;
    }

    /// <summary>The monitor has opened: returns when no guest is still in the middle of a byte that passes through.</summary>
    public static void Settle()
    {
        for (uint i = 0; i < Machines.Count; i++)
        {
            VirtualMachine* machine = Machines.At(i);
            if (machine->UartLock.TryEnter(Patience))
            {
                machine->UartLock.Exit();
            }
        }
    }

    /// <summary>Chooses the guest of a number below <see cref="Machines.Count"/>.</summary>
    public static void Choose(uint index) => s_focus = index;

    /// <summary>A byte for the guest that has the focus; lost when it has no room.</summary>
    public static void Type(byte value)
    {
        VirtualMachine* machine = Focus();
        if (machine == null)
        {
            return;
        }

        if (!machine->UartLock.TryEnter(Patience))
        {
            return;
        }

        VirtualUart.Type(&machine->Uart, value);
        bool high = VirtualUart.Interrupts(&machine->Uart);
        SetLine(machine, high);
        machine->UartLock.Exit();
    }

    private static bool HasRoom()
    {
        VirtualMachine* machine = Focus();
        if (machine == null || MonitorConsole.IsOpen)
        {
            return true;
        }

        if (VirtualUart.HasRoom(&machine->Uart))
        {
            s_full = null;
            return true;
        }

        return IsDeaf(machine);
    }

    // A guest that hangs must not keep from us the key that opens the monitor, which is behind all that was typed for it.
    private static bool IsDeaf(VirtualMachine* machine)
    {
        ulong now = SystemRegisters.CNTPCT_EL0;
        uint taken = VirtualUart.Taken(&machine->Uart);
        if (s_full != machine || s_fullTaken != taken)
        {
            s_full = machine;
            s_fullTaken = taken;
            s_fullUntil = now + SystemRegisters.CNTFRQ_EL0;
            s_isLossTold = false;
        }

        if (now < s_fullUntil)
        {
            return false;
        }

        if (!s_isLossTold)
        {
            s_isLossTold = true;
            bool locked = Console.TryLock();
            Console.BeginMessage();
            Console.Write(VirtualMachine.NameOf(machine));
            Console.WriteLine(": has no room for what is typed and reads nothing: it is lost"u8);
            Console.EndMessage();
            Console.Unlock(locked);
        }

        return true;
    }

    // Under the UART's lock, so that an older level never overtakes a newer one.
    private static void SetLine(VirtualMachine* machine, bool high)
    {
        // A level that did not change costs nothing: almost every access is a byte sent with the interrupt masked.
        if (machine->UartLine != high)
        {
            machine->UartLine = high;
            VirtualInterrupts.SetLine(machine, 0, GuestMap.UartInterrupt, high);
        }
    }

    // Whether a vCPU has something to do. One that is held for a moment has, too.
    private static bool Works(VirtualMachine* machine)
    {
        for (uint i = 0; i < machine->VcpuCount; i++)
        {
            if (VirtualMachine.Vcpu(machine, i)->State == RunState.Ready)
            {
                return true;
            }
        }

        return false;
    }

    private static ulong PromptPause => SystemRegisters.CNTFRQ_EL0 / PromptsPerSecond;

    private static bool PassesThrough => Machines.Count == 1 && !MonitorConsole.IsOpen;

    private static void Print(VirtualMachine* machine, byte value)
    {
        VirtualUart* uart = &machine->Uart;
        if (PassesThrough)
        {
            if (uart->LineLength != 0)
            {
                PrintLine(machine, isWhole: false);
            }

            Console.Send(value);
            return;
        }

        if (value == '\r')
        {
            return;
        }

        if (value == '\n')
        {
            PrintLine(machine, isWhole: true);
            return;
        }

        uart->LineTime = SystemRegisters.CNTPCT_EL0;
        if (uart->LineLength == 0)
        {
            Scheduler.SetTimer(PerCpu.Current, uart->LineTime + PromptPause);
        }

        uart->Line[uart->LineLength++] = value;
        if (uart->LineLength == VirtualUart.LineCapacity)
        {
            PrintLine(machine, isWhole: true);
        }
    }

    // A half one goes on as it comes: the monitor has closed in the middle of it.
    private static void PrintLine(VirtualMachine* machine, bool isWhole)
    {
        VirtualUart* uart = &machine->Uart;
        bool locked = Console.TryLock();
        if (isWhole)
        {
            MonitorConsole.Hide();
            Console.Write((byte)'[');
            Console.Write(VirtualMachine.NameOf(machine));
            Console.Write("] "u8);
        }

        for (uint i = 0; i < uart->LineLength; i++)
        {
            Console.Write(uart->Line[i]);
        }

        if (isWhole)
        {
            Console.WriteLine();
            MonitorConsole.Show();
        }

        Console.Unlock(locked);
        uart->LineLength = 0;
    }
}
