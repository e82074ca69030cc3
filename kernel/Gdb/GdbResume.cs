// The packets that let vCPUs go on: vCont, with an action for each thread, and the older c and s. They have no answer of their own: the
// answer is the next stop.

namespace Nestor.Kernel;

internal static unsafe class GdbResume
{
    private enum Action : byte
    {
        None,
        Go,
        Step,
    }

    /// <summary>A packet that begins with v.</summary>
    internal static bool Handle(PacketWriter* reply, PacketCursor* packet)
    {
        if (PacketCursor.Skip(packet, "Cont?"u8))
        {
            PacketWriter.Put(reply, "vCont;c;C;s;S"u8);
            return true;
        }

        if (PacketCursor.Skip(packet, "Cont"u8))
        {
            return !TryContinue(reply, packet);
        }

        if (PacketCursor.Skip(packet, "Kill;"u8))
        {
            PacketWriter.Put(reply, "OK"u8);
            GdbStub.Send();
            End();
            return false;
        }

        return true;
    }

    /// <summary>Lets a thread, or with 0 all, go on or step.</summary>
    internal static void Old(bool isStep, ulong thread)
    {
        for (uint i = 1; i <= GdbThreads.Count; i++)
        {
            if (thread == 0 || thread == i)
            {
                GdbStop.Go(GdbThreads.At(i), isStep && (thread == i || GdbStop.Stopped == i) ? 1UL : 0);
            }
        }
    }

    /// <summary>gdb ends what it debugs: the guests are switched off, and with them the machine.</summary>
    internal static void End()
    {
        for (uint i = 0; i < Machines.Count; i++)
        {
            Machines.End(Machines.At(i), EndReason.PowerOff);
        }

        GdbStop.Detach();
    }

    // The first action that fits a thread is its own. A mistake anywhere and nobody moves.
    private static bool TryContinue(PacketWriter* reply, PacketCursor* packet)
    {
        byte* actions = packet->At;
        for (uint i = 1; i <= GdbThreads.Count; i++)
        {
            packet->At = actions;
            if (!TryFind(packet, i, out _))
            {
                PacketWriter.Put(reply, "E01"u8);
                return false;
            }
        }

        for (uint i = 1; i <= GdbThreads.Count; i++)
        {
            packet->At = actions;
            TryFind(packet, i, out Action action);
            if (action != Action.None)
            {
                GdbStop.Go(GdbThreads.At(i), action == Action.Step ? 1UL : 0);
            }
        }

        return true;
    }

    private static bool TryFind(PacketCursor* packet, ulong thread, out Action found)
    {
        found = Action.None;
        while (!PacketCursor.IsAtEnd(packet))
        {
            if (!PacketCursor.Skip(packet, ";"u8) || PacketCursor.IsAtEnd(packet))
            {
                return false;
            }

            byte letter = *packet->At++;
            if (letter is not ((byte)'c' or (byte)'C' or (byte)'s' or (byte)'S'))
            {
                return false;
            }

            // A signal, which means nothing here.
            if (letter is (byte)'C' or (byte)'S' && !PacketCursor.TryNumber(packet, out _))
            {
                return false;
            }

            ulong number = 0;
            if (PacketCursor.Skip(packet, ":"u8) && !GdbPackets.TryThread(packet, out number))
            {
                return false;
            }

            if (found == Action.None && (number == 0 || number == thread))
            {
                found = letter is (byte)'s' or (byte)'S' ? Action.Step : Action.Go;
            }
        }

        return true;
    }
}
