// `bt`: the way to where the chosen vCPU is, by frame pointers (x29), at whatever level it is. Every address is the guest's claim.

using System;
using System.Runtime.CompilerServices;

namespace Nestor.Kernel;

internal unsafe struct BtCommand : IMonitorCommand
{
    private const uint Most = 32;

    private static GuestBytes s_window;

    public static ReadOnlySpan<byte> Name => "bt"u8;

    public static ReadOnlySpan<byte> Arguments => ""u8;

    public static ReadOnlySpan<byte> Summary => "back-trace of the chosen vcpu by frame pointers"u8;

    public static void Run(Words* words)
    {
        VirtualCpu* vcpu = Session.Hold();
        GuestBytes* window = (GuestBytes*)Unsafe.AsPointer(ref s_window);
        GuestBytes.Open(window, vcpu, AddressSpace.Current, isWritten: false);
        Session.Warn();
        Output.List("frames"u8);
        Frame(vcpu->Pc, 0);
        SymbolOutput.Show(vcpu, vcpu->Pc);
        ulong frame = vcpu->X[29];
        for (uint i = 0; i < Most && frame != 0 && (frame & 7) == 0; i++)
        {
            if (!TryWord(window, frame, out ulong next) || !TryWord(window, frame + 8, out ulong caller) || caller == 0)
            {
                break;
            }

            Frame(Plain(caller), frame);
            SymbolOutput.ShowCaller(vcpu, Plain(caller));
            if (next <= frame)
            {
                break;
            }

            frame = next;
        }

        Session.Release();
    }

    // Without the code that pointer authentication puts above it: guests' addresses have 48 bits.
    private static ulong Plain(ulong address) => (address >> 55 & 1) != 0 ? address | (0xffffUL << 48) : address & ~(0xffffUL << 48);

    private static void Frame(ulong pc, ulong frame)
    {
        Output.Row();
        Output.HexCell("pc"u8, pc);
        if (frame != 0)
        {
            Output.Hex("frame"u8, frame);
        }
    }

    private static bool TryWord(GuestBytes* window, ulong address, out ulong value)
    {
        value = 0;
        for (int i = 7; i >= 0; i--)
        {
            byte* at = GuestBytes.At(window, address + (ulong)i);
            if (at == null)
            {
                return false;
            }

            value = (value << 8) | *at;
        }

        return true;
    }
}
