// An address by its name in the guest, beside the number, where the name is known.

using System;
using System.Runtime.CompilerServices;
using Nestor.Hal;

namespace Nestor.Kernel;

internal static unsafe class SymbolOutput
{
    private static ShortText s_text;

    /// <summary>
    /// For a command that holds nobody: where all CPUs of a VM but this one have its vectors, vCPUs are taken out for a moment, one after
    /// the other until one has shown where the kernel is, so that there are names at all.
    /// </summary>
    internal static void Prepare()
    {
        for (uint i = 0; i < Machines.Count; i++)
        {
            VirtualMachine* machine = Machines.At(i);
            for (uint j = 0; j < machine->VcpuCount && machine->Ended == 0 && !GuestSymbols.IsPlaced(machine); j++)
            {
                VirtualCpu* vcpu = VirtualMachine.Vcpu(machine, j);
                if (vcpu->State != RunState.Off)
                {
                    VcpuHold.Take(vcpu, HoldReason.Command);
                    VcpuHold.Release(vcpu, HoldReason.Command);
                }
            }
        }
    }

    /// <summary>Shows the name of an address in the answer of a command.</summary>
    internal static void Show(VirtualCpu* vcpu, ulong address) => Show(vcpu, address, 0);

    /// <summary>The same for an address to return to: the call in front of it may be the last instruction of its function.</summary>
    internal static void ShowCaller(VirtualCpu* vcpu, ulong address)
    {
        const ulong Call = 4;
        Show(vcpu, address - Call, Call);
    }

    /// <summary>Writes the name of where a held vCPU is. Under the console's lock.</summary>
    internal static void Write(VirtualCpu* vcpu)
    {
        if (!GuestSymbols.TryName(vcpu, vcpu->Pc, out byte* name, out int length, out ulong offset))
        {
            return;
        }

        Console.Write(" in "u8);
        for (int i = 0; i < length; i++)
        {
            Console.Write(name[i]);
        }

        Console.Write((byte)'+');
        Console.WriteHex(offset);
    }

    // The name of an address, with so much more than is between the two.
    private static void Show(VirtualCpu* vcpu, ulong address, ulong more)
    {
        if (!GuestSymbols.TryName(vcpu, address, out byte* name, out int length, out ulong offset))
        {
            return;
        }

        ShortText* text = (ShortText*)Unsafe.AsPointer(ref s_text);
        text->Length = 0;
        for (int i = 0; i < length; i++)
        {
            ShortText.Put(text, name[i]);
        }

        ShortText.Put(text, (byte)'+');
        ShortText.Hex(text, offset + more);
        Output.Cell("symbol"u8, new ReadOnlySpan<byte>(text->Bytes, text->Length));
    }
}
