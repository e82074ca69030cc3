// gdb's remote protocol on the machine's second serial port, when `gdb` is on Nestor's command line. Like the monitor, it is fed by
// the port's interrupt, on the CPU that booted, and needs nothing that a stuck guest can hold. All guests stop when gdb speaks
// and go on when it says so (gdb calls that all-stop); a vCPU that stops by itself wakes that CPU with an SGI. Nothing of it is
// on the way of a trap.

using System;
using System.Runtime.CompilerServices;
using Nestor.Hal;

namespace Nestor.Kernel;

/// <summary>The stub's port, its packets in and out.</summary>
public static unsafe class GdbStub
{
    // More than a packet; what is left interrupts again.
    private const int MostBytes = 2 * PacketReader.Capacity;

    private static Pl011 s_port;
    private static PacketReader s_reader;
    private static PacketWriter s_reply;
    private static bool s_isSilent;

    /// <summary>The word `gdb` was on the command line.</summary>
    public static bool IsWanted { get; set; }

    /// <summary>The word was `gdb=wait`: guests do not start before gdb lets them.</summary>
    public static bool GuestsWait { get; set; }

    /// <summary>The port's interrupt id; 0 before it is open.</summary>
    public static uint Interrupt { get; private set; }

    /// <summary>The packet that is being answered.</summary>
    internal static PacketWriter* Reply => (PacketWriter*)Unsafe.AsPointer(ref s_reply);

    /// <summary>Opens the port, once the guests are there and before the first runs.</summary>
    public static void Open()
    {
        if (!IsWanted)
        {
            return;
        }

        if (!HostMachine.TryGetSecondSerial(out ulong address, out uint interrupt))
        {
            Panic.Refuse("gdb needs a second serial port: give QEMU (9.1 or newer, without secure=on) a second -serial"u8);
        }

        if (Pl011.HasByte(address))
        {
            Snapshot.IsRecorded = false;                // it has left its recording before this
        }

        s_port.Open(address);
        Interrupt = interrupt;
        GicDistributor.Enable(HostMachine.GicDistributor, interrupt, Cpus.At(0)->Affinity);
        s_port.EnableReceiveInterrupt();
        for (uint i = 1; GuestsWait && i <= GdbThreads.Count; i++)
        {
            GdbThreads.At(i)->Hold = HoldReason.Debugger;
        }
    }

    /// <summary>The port has interrupted.</summary>
    public static void Receive()
    {
        Snapshot.IsRecorded = false;                    // a recording has nobody at this port: the machine has left it
        for (int i = 0; i < MostBytes && s_port.TryReceive(out byte value); i++)
        {
            Take(value);
        }
    }

    /// <summary>gdb need not confirm what comes, and neither need we.</summary>
    internal static void StopConfirming() => s_isSilent = true;

    /// <summary>A new gdb is there, which confirms until it is told otherwise.</summary>
    internal static void StartConfirming()
    {
        if (s_isSilent)
        {
            s_isSilent = false;
            s_port.Send((byte)'+');
        }
    }

    /// <summary>Sends what was written to <see cref="Reply"/>.</summary>
    internal static void Send()
    {
        PacketWriter.Finish(Reply);
        SendAgain();
    }

    private static void SendAgain()
    {
        PacketWriter* reply = Reply;
        for (int i = 0; i < reply->Length; i++)
        {
            s_port.Send(reply->Bytes[i]);
        }
    }

    private static void Take(byte value)
    {
        PacketReader* reader = (PacketReader*)Unsafe.AsPointer(ref s_reader);
        PacketEvent happened = PacketReader.Take(reader, value);
        if (!s_isSilent && happened is PacketEvent.Packet or PacketEvent.TooLong or PacketEvent.Damaged)
        {
            s_port.Send(happened == PacketEvent.Damaged ? (byte)'-' : (byte)'+');
        }

        switch (happened)
        {
            case PacketEvent.Packet:
                Handle(reader);
                break;
            case PacketEvent.TooLong:
                PacketWriter.Begin(Reply);
                PacketWriter.Put(Reply, "E.the packet is too long"u8);
                Send();
                break;
            case PacketEvent.Refused:
                SendAgain();
                break;
            case PacketEvent.Interrupt:
                GdbStop.Interrupt();
                break;
        }
    }

    private static void Handle(PacketReader* reader)
    {
        PacketCursor packet;
        packet.At = reader->Text;
        packet.End = reader->Text + reader->Length;
        PacketWriter.Begin(Reply);
        if (GdbPackets.Handle(Reply, &packet))
        {
            Send();
        }
    }
}
