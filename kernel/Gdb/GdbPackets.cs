// gdb's packets by their first letters, and what each is answered. What is not known gets an empty answer: gdb then does without.

using System;

namespace Nestor.Kernel;

internal static unsafe class GdbPackets
{
    private const ulong AnyThread = 0;

    // The thread that registers and memory are asked of.
    private static ulong s_thread;

    // The thread that the old packets for going on are about.
    private static ulong s_goThread;

    /// <summary>Answers a packet.</summary>
    /// <returns>Whether there is an answer to send.</returns>
    internal static bool Handle(PacketWriter* reply, PacketCursor* packet)
    {
        if (PacketCursor.IsAtEnd(packet))
        {
            return true;
        }

        byte letter = *packet->At++;
        switch (letter)
        {
            case (byte)'?':
                GdbStop.Attach(reply);
                return true;
            case (byte)'c' or (byte)'s' or (byte)'C' or (byte)'S':
                GdbResume.Old(letter is (byte)'s' or (byte)'S', s_goThread);
                return false;
            case (byte)'D':
                GdbStop.Detach();
                break;
            case (byte)'g':
                Registers(reply);
                return true;
            case (byte)'G':
                Answer(reply, TryTakeRegisters(packet));
                return true;
            case (byte)'H':
                Answer(reply, TryChoose(packet));
                return true;
            case (byte)'k':
                GdbResume.End();
                return false;
            case (byte)'m' or (byte)'x':
                Read(reply, packet, letter == 'x');
                return true;
            case (byte)'M' or (byte)'X':
                PacketWriter.Put(reply, TryWrite(packet, letter == 'X') ? "OK"u8 : "E14"u8);
                return true;
            case (byte)'p':
                Register(reply, packet);
                return true;
            case (byte)'P':
                Answer(reply, TryTakeRegister(packet));
                return true;
            case (byte)'q' or (byte)'Q':
                packet->At--;
                return GdbQueries.Handle(reply, packet);
            case (byte)'T':
                Answer(reply, PacketCursor.TryNumber(packet, out ulong number) && GdbThreads.At(number) != null);
                return true;
            case (byte)'v':
                return GdbResume.Handle(reply, packet);
            case (byte)'z' or (byte)'Z':
                Point(reply, packet, letter == 'Z');
                return true;
            default:
                return true;
        }

        PacketWriter.Put(reply, "OK"u8);
        return true;
    }

    /// <summary>The vCPU that registers and memory are asked of.</summary>
    internal static VirtualCpu* Vcpu
    {
        get
        {
            VirtualCpu* vcpu = GdbThreads.At(s_thread);
            return vcpu != null ? vcpu : GdbThreads.At(1);
        }
    }

    /// <summary>gdb is told of a thread: what it asks next is about this one.</summary>
    internal static void Choose(ulong thread) => s_thread = thread;

    /// <summary>An answer without a value.</summary>
    internal static void Answer(PacketWriter* reply, bool isDone) => PacketWriter.Put(reply, isDone ? "OK"u8 : "E01"u8);

    // Any one, or all: the one that gdb was told of.
    private static bool TryChoose(PacketCursor* packet)
    {
        bool isGo = PacketCursor.Skip(packet, "c"u8);
        if (!isGo && !PacketCursor.Skip(packet, "g"u8))
        {
            return false;
        }

        if (!TryThread(packet, out ulong thread))
        {
            return false;
        }

        if (isGo)
        {
            s_goThread = thread;
        }
        else
        {
            s_thread = thread == AnyThread ? GdbStop.Stopped : thread;
        }

        return true;
    }

    /// <summary>Reads the number of a thread that there is, or 0 where gdb means any or all.</summary>
    internal static bool TryThread(PacketCursor* packet, out ulong thread)
    {
        thread = AnyThread;
        return PacketCursor.Skip(packet, "-1"u8)
            || (PacketCursor.TryNumber(packet, out thread) && (thread == AnyThread || GdbThreads.At(thread) != null));
    }

    private static void Registers(PacketWriter* reply)
    {
        for (uint i = 0; i <= GdbRegisters.Cpsr; i++)
        {
            GdbRegisters.Put(reply, Vcpu, i);
        }
    }

    private static bool TryTakeRegisters(PacketCursor* packet)
    {
        for (uint i = 0; i <= GdbRegisters.Cpsr; i++)
        {
            if (!GdbRegisters.TryTake(packet, Vcpu, i))
            {
                return false;
            }
        }

        return true;
    }

    private static void Register(PacketWriter* reply, PacketCursor* packet)
    {
        if (!PacketCursor.TryNumber(packet, out ulong number) || GdbRegisters.Size(number) == 0)
        {
            PacketWriter.Put(reply, "E01"u8);
            return;
        }

        GdbRegisters.Put(reply, Vcpu, number);
    }

    private static bool TryTakeRegister(PacketCursor* packet) =>
        PacketCursor.TryNumber(packet, out ulong number) && PacketCursor.Skip(packet, "="u8)
        && GdbRegisters.Size(number) != 0 && GdbRegisters.TryTake(packet, Vcpu, number);

    private static void Read(PacketWriter* reply, PacketCursor* packet, bool isBinary)
    {
        if (!TryRange(packet, out ulong address, out ulong length))
        {
            PacketWriter.Put(reply, "E01"u8);
            return;
        }

        if (isBinary)
        {
            PacketWriter.Put(reply, (byte)'b');
        }

        if (!GdbMemory.TryRead(reply, Vcpu, address, length, isBinary))
        {
            PacketWriter.Begin(reply);
            PacketWriter.Put(reply, "E14"u8);
        }
    }

    private static bool TryWrite(PacketCursor* packet, bool isBinary) =>
        TryRange(packet, out ulong address, out ulong length) && PacketCursor.Skip(packet, ":"u8)
        && GdbMemory.TryWrite(packet, Vcpu, address, length, isBinary);

    private static bool TryRange(PacketCursor* packet, out ulong address, out ulong length)
    {
        length = 0;
        return PacketCursor.TryNumber(packet, out address) && PacketCursor.Skip(packet, ","u8) && PacketCursor.TryNumber(packet, out length);
    }

    private static void Point(PacketWriter* reply, PacketCursor* packet, bool isSet)
    {
        if (!PacketCursor.TryNumber(packet, out ulong kind) || !PacketCursor.Skip(packet, ","u8) || !TryRange(packet, out ulong address, out ulong size))
        {
            PacketWriter.Put(reply, "E01"u8);
            return;
        }

        if (!GdbPoints.IsKnown(kind))
        {
            return;
        }

        if (!GdbStop.AllAnswer())
        {
            PacketWriter.Put(reply, "E01"u8);
            return;
        }

        if (!isSet)
        {
            GdbPoints.Remove(kind, address, size);
        }

        Answer(reply, !isSet || GdbPoints.TrySet(kind, address, size));
    }
}
