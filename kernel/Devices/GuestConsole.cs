// Guests' serial ports on the one console of the host. A single guest's bytes pass through as they come; with several,
// whole lines are printed with the guest's name in front, and what is typed goes to the guest that has the focus.

using Nestor.Hal;

namespace Nestor.Kernel;

/// <summary>The console as guests share it.</summary>
public static unsafe class GuestConsole
{
    /// <summary>Ctrl-], the key that speaks to Nestor instead of the guest.</summary>
    public const byte Escape = 0x1d;

    private static SpinLock s_inputLock;
    private static bool s_heldBack;
    private static bool s_escaped;
    private static uint s_focus;

    /// <summary>A guest's load from its UART.</summary>
    public static uint Read(VirtualMachine* machine, uint offset)
    {
        machine->UartLock.Enter();
        uint value = VirtualUart.Read(&machine->Uart, offset);
        bool high = VirtualUart.Interrupts(&machine->Uart);
        SetLine(machine, high);
        machine->UartLock.Exit();
        if (s_heldBack)
        {
            Receive();
        }

        return value;
    }

    /// <summary>A guest's store to its UART.</summary>
    public static void Write(VirtualMachine* machine, uint offset, uint value)
    {
        machine->UartLock.Enter();
        if (VirtualUart.Write(&machine->Uart, offset, value))
        {
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
            PrintLine(machine);
        }

        machine->UartLock.Exit();
    }

    /// <summary>
    /// Takes what was typed on the host's console, as much as the guest has room for; the rest stays in the host's port
    /// until the guest has read.
    /// </summary>
    public static void Receive()
    {
        s_inputLock.Enter();
        s_heldBack = false;
        while (true)
        {
            VirtualMachine* machine = Focus();
            if (machine != null && !VirtualUart.HasRoom(&machine->Uart))
            {
                s_heldBack = true;
                break;
            }

            if (!Console.Port.TryReceive(out byte value))
            {
                break;
            }

            Typed(value);
        }

        if (s_heldBack)
        {
            Console.Port.DisableReceiveInterrupt();
        }
        else
        {
            Console.Port.EnableReceiveInterrupt();
        }

        s_inputLock.Exit();
    }

    // A byte from the host's console.
    private static void Typed(byte value)
    {
        if (s_escaped)
        {
            s_escaped = false;
            if (value >= '1' && value < '1' + Machines.Count)
            {
                s_focus = value - (uint)'1';
                Console.Lock.Enter();
                Console.Write("nestor: input goes to "u8);
                Console.WriteLine(VirtualMachine.NameOf(Machines.At(s_focus)));
                Console.Lock.Exit();
                return;
            }

            if (value != Escape)
            {
                return;
            }
        }
        else if (value == Escape)
        {
            s_escaped = true;
            return;
        }

        VirtualMachine* machine = Focus();
        if (machine == null)
        {
            return;
        }

        machine->UartLock.Enter();
        VirtualUart.Type(&machine->Uart, value);
        bool high = VirtualUart.Interrupts(&machine->Uart);
        SetLine(machine, high);
        machine->UartLock.Exit();
    }

    // The chosen guest, or the next one that still runs.
    private static VirtualMachine* Focus()
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

    private static void Print(VirtualMachine* machine, byte value)
    {
        if (Machines.Count == 1)
        {
            Console.Write(value);
            return;
        }

        VirtualUart* uart = &machine->Uart;
        if (value == '\r')
        {
            return;
        }

        if (value == '\n')
        {
            PrintLine(machine);
            return;
        }

        uart->Line[uart->LineLength++] = value;
        if (uart->LineLength == VirtualUart.LineCapacity)
        {
            PrintLine(machine);
        }
    }

    private static void PrintLine(VirtualMachine* machine)
    {
        VirtualUart* uart = &machine->Uart;
        Console.Lock.Enter();
        Console.Write((byte)'[');
        Console.Write(VirtualMachine.NameOf(machine));
        Console.Write("] "u8);
        for (uint i = 0; i < uart->LineLength; i++)
        {
            Console.Write(uart->Line[i]);
        }

        Console.WriteLine();
        Console.Lock.Exit();
        uart->LineLength = 0;
    }
}
