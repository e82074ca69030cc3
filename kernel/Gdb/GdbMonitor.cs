// gdb's `monitor ...`: a command of the monitor, whose text goes to gdb instead of the console, a piece at a time.

using System.Runtime.CompilerServices;

namespace Nestor.Kernel;

internal static unsafe class GdbMonitor
{
    private static Line s_line;

    /// <summary>Runs the command that the packet holds.</summary>
    internal static void Run(PacketWriter* reply, PacketCursor* packet)
    {
        byte* line = ((Line*)Unsafe.AsPointer(ref s_line))->Text;
        int length = 0;
        while (length < LineEditor.Capacity && PacketCursor.TryByte(packet, out byte value))
        {
            line[length++] = value;
        }

        Begin();
        Output.IsForDebugger = true;
        if (PacketCursor.IsAtEnd(packet))
        {
            RunFor(GdbPackets.Vcpu, line, length);
        }
        else
        {
            Put("error: the line is too long\n"u8);
        }

        Output.IsForDebugger = false;
        Flush();
        PacketWriter.Begin(reply);
        PacketWriter.Put(reply, "OK"u8);
    }

    // About the thread that gdb looks at. What was chosen at the console stays chosen, unless the command is to choose.
    private static void RunFor(VirtualCpu* vcpu, byte* line, int length)
    {
        VirtualCpu* chosen = Session.Vcpu;
        Session.Vcpu = vcpu;
        MonitorConsole.Run(line, length);
        if (Session.Vcpu == vcpu)
        {
            Session.Vcpu = chosen;
        }
    }

    /// <summary>A character of what the command says.</summary>
    internal static void Put(byte value)
    {
        PacketWriter.Byte(GdbStub.Reply, value);
        if (PacketWriter.Room(GdbStub.Reply) < 2)
        {
            Flush();
            Begin();
        }
    }

    private static void Put(System.ReadOnlySpan<byte> text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            Put(text[i]);
        }
    }

    private static void Begin()
    {
        PacketWriter.Begin(GdbStub.Reply);
        PacketWriter.Put(GdbStub.Reply, (byte)'O');
    }

    private static void Flush()
    {
        const int Empty = 2;                            // $O
        if (GdbStub.Reply->Length > Empty)
        {
            GdbStub.Send();
        }
    }

    private struct Line
    {
        public fixed byte Text[LineEditor.Capacity];
    }
}
