// All registers of a vCPU as they were when it was last let go on, for `reg diff`. A vCPU that was never stopped has none.

using System.Runtime.CompilerServices;
using Nestor.Hal;

namespace Nestor.Kernel;

internal static unsafe class LastStop
{
    // A page each holds all that the list of ids has; a vCPU gets one at its first stop.
    private const uint Capacity = 512;
    private const int Most = (int)(Machines.Maximum * VirtualGic.MaximumVcpus);

    private static Pages s_pages;

    /// <summary>Keeps the registers. The vCPU must be held.</summary>
    internal static void Remember(VirtualCpu* vcpu)
    {
        ulong* page = Page(vcpu);
        if (*page == 0)
        {
            *page = (ulong)PageAllocator.Allocate(Capacity * sizeof(ulong));
        }

        ulong* values = (ulong*)*page;
        if (values == null || !VcpuHold.IsParked(vcpu))
        {
            return;
        }

        uint count = 0;
        for (ulong id = RegisterId.Next(0); id != 0 && count < Capacity; id = RegisterId.Next(id))
        {
            VcpuView.TryGet(vcpu, id, out values[count++]);
        }
    }

    /// <summary>Shows what has changed since.</summary>
    internal static void ShowDifference(VirtualCpu* vcpu)
    {
        ulong* values = (ulong*)*Page(vcpu);
        if (values == null)
        {
            Output.Error("no earlier stop: stop the vCPU and let it go on first"u8);
            return;
        }

        Session.Warn();
        Output.List("registers"u8);
        uint count = 0;
        for (ulong id = RegisterId.Next(0); id != 0 && count < Capacity; id = RegisterId.Next(id))
        {
            ulong before = values[count++];
            VcpuView.TryGet(vcpu, id, out ulong value);
            if (value != before)
            {
                Output.Row();
                Output.Cell("name"u8, RegisterName.Of(id), 16);
                Output.HexCell("before"u8, before);
                Output.HexCell("value"u8, value);
            }
        }
    }

    private static ulong* Page(VirtualCpu* vcpu) =>
        ((Pages*)Unsafe.AsPointer(ref s_pages))->At + ((VirtualMachine.NumberOf(vcpu->Machine) - 1) * VirtualGic.MaximumVcpus) + vcpu->Index;

    private struct Pages
    {
        public fixed ulong At[Most];
    }
}
