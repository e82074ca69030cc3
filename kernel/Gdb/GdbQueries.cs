// gdb's questions and settings: the packets that begin with q and Q.

namespace Nestor.Kernel;

internal static unsafe class GdbQueries
{
    private const ulong LargestPacket = PacketReader.Capacity - 1;

    /// <summary>Answers one.</summary>
    internal static bool Handle(PacketWriter* reply, PacketCursor* packet)
    {
        if (PacketCursor.Skip(packet, "qSupported"u8))
        {
            GdbStub.StartConfirming();
            GdbStop.Renew();
            PacketWriter.Put(reply, "PacketSize="u8);
            PacketWriter.Number(reply, LargestPacket);
            PacketWriter.Put(reply, ";QStartNoAckMode+;qXfer:features:read+;vContSupported+;binary-upload+"u8);
        }
        else if (PacketCursor.Skip(packet, "QStartNoAckMode"u8))
        {
            PacketWriter.Put(reply, "OK"u8);
            GdbStub.StopConfirming();
        }
        else if (PacketCursor.Skip(packet, "qXfer:features:read:"u8))
        {
            Description(reply, packet);
        }
        else if (PacketCursor.Skip(packet, "qRcmd,"u8))
        {
            GdbMonitor.Run(reply, packet);
        }
        else
        {
            Threads(reply, packet);
        }

        return true;
    }

    private static void Threads(PacketWriter* reply, PacketCursor* packet)
    {
        if (PacketCursor.Skip(packet, "qfThreadInfo"u8))
        {
            GdbThreads.List(reply);
        }
        else if (PacketCursor.Skip(packet, "qsThreadInfo"u8))
        {
            PacketWriter.Put(reply, (byte)'l');
        }
        else if (PacketCursor.Skip(packet, "qThreadExtraInfo,"u8))
        {
            if (PacketCursor.TryNumber(packet, out ulong number) && GdbThreads.At(number) != null)
            {
                GdbThreads.Describe(reply, GdbThreads.At(number));
            }
            else
            {
                PacketWriter.Put(reply, "E01"u8);
            }
        }
        else if (PacketCursor.Skip(packet, "qAttached"u8))
        {
            PacketWriter.Put(reply, (byte)'1');
        }
        else if (PacketCursor.Skip(packet, "qC"u8) && PacketCursor.IsAtEnd(packet))
        {
            PacketWriter.Put(reply, "QC"u8);
            PacketWriter.Number(reply, GdbStop.Stopped);
        }
    }

    private static void Description(PacketWriter* reply, PacketCursor* packet)
    {
        if (!PacketCursor.Skip(packet, "target.xml:"u8))
        {
            PacketWriter.Put(reply, "E00"u8);
        }
        else if (PacketCursor.TryNumber(packet, out ulong offset) && PacketCursor.Skip(packet, ","u8) && PacketCursor.TryNumber(packet, out ulong length))
        {
            GdbDescription.Write(reply, offset, length);
        }
        else
        {
            PacketWriter.Put(reply, "E01"u8);
        }
    }
}
