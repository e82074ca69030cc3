// `walk`: how an address is translated, step by step, and where it ends: stage 1, the guest hypervisor's stage 2, ours, and what
// the shadow has of the two together.

using System;
using System.Runtime.CompilerServices;

namespace Nestor.Kernel;

internal unsafe struct WalkCommand : IMonitorCommand
{
    private static TableWalk s_shadow;

    public static ReadOnlySpan<byte> Name => "walk"u8;

    public static ReadOnlySpan<byte> Arguments => "[SPACE:]ADDRESS"u8;

    public static ReadOnlySpan<byte> Summary => "each step of an address's translation, with descriptors, and why it faults"u8;

    public static void Run(Words* words)
    {
        if (words->Count < 2)
        {
            Output.Error("walk needs an address"u8);
            return;
        }

        VirtualCpu* vcpu = Session.Hold();
        if (AddressWord.TryRead(vcpu, Words.At(words, 1), out AddressSpace space, out ulong address))
        {
            if (space == AddressSpace.Host)
            {
                Output.Error("a host address is not translated:"u8, Words.At(words, 1));
            }
            else
            {
                Walk(vcpu, space, address);
            }
        }

        Session.Release();
    }

    private static void Walk(VirtualCpu* vcpu, AddressSpace space, ulong address)
    {
        byte* host = Translation.Run(vcpu, space, address);
        Session.Warn();
        if (Translation.HasGuestStage2)
        {
            Output.Hex("VTTBR_EL2"u8, VcpuView.Get(vcpu, Register.VTTBR_EL2));
            Output.Hex("VTCR_EL2"u8, VcpuView.Get(vcpu, Register.VTCR_EL2), 8);
            Output.Line();
        }
        else if (LacksGuestStage2(vcpu, space))
        {
            Output.Text("guestStage2"u8, "none: HCR_EL2.VM is 0, so stage 1 leads to this vm's own physical addresses"u8);
            Output.Line();
        }

        Output.List("steps"u8);
        if (Translation.HasStage1)
        {
            Steps("stage 1"u8, Translation.Stage1, isStage2: false);
        }

        if (Translation.HasGuestStage2)
        {
            Steps("guest stage 2"u8, Translation.GuestStage2, isStage2: true);
            Shadow(vcpu, Translation.HasStage1 ? Translation.Stage1->Output : address);
        }

        if (Translation.HasHostStage2)
        {
            Steps("stage 2"u8, Translation.HostStage2, isStage2: true);
        }

        Output.EndList();
        Output.Line();
        if (host != null)
        {
            Output.Hex("host"u8, (ulong)host);
        }
        else
        {
            Output.Text("fault"u8, Fault());
            Output.Text("in"u8, Translation.HasHostStage2 ? "stage 2"u8 : Translation.HasGuestStage2 ? "guest stage 2"u8 : "stage 1"u8);
        }
    }

    // A guest hypervisor that is in its own context, or has it in mind (a VHE host clears VM, but leaves VTTBR_EL2 as it is).
    private static bool LacksGuestStage2(VirtualCpu* vcpu, AddressSpace space)
    {
        bool isEl1 = space == AddressSpace.El1 || (space == AddressSpace.Current && vcpu->Context == Context.El1);
        return isEl1 && vcpu->Machine->HasVirtualEl2 && (VcpuView.Get(vcpu, Register.HCR_EL2) & (Hcr.VM | Hcr.DC)) == 0
            && VcpuView.Get(vcpu, Register.VTTBR_EL2) != 0;
    }

    private static ReadOnlySpan<byte> Fault()
    {
        if (!Translation.HasHostStage2)
        {
            return AddressWord.Describe((Translation.HasGuestStage2 ? Translation.GuestStage2 : Translation.Stage1)->End);
        }

        return Translation.Physical < GuestMap.Ram ? "not memory: a device's address, or nothing's"u8 : "beyond the guest's memory"u8;
    }

    // What the hardware walks for a guest hypervisor's guest: filled on faults, so an empty step is no mistake.
    private static void Shadow(VirtualCpu* vcpu, ulong address)
    {
        Shadow* shadow = ShadowStage2.Peek(vcpu);
        if (shadow == null)
        {
            return;
        }

        TableWalk* walk = (TableWalk*)Unsafe.AsPointer(ref s_shadow);
        walk->Root = (ulong)shadow->Root;
        Translation.PrepareOurs(walk, shadow->AddressBits);
        TableWalk.Run(walk, vcpu->Machine, address);
        Steps("shadow"u8, walk, isStage2: true);
    }

    private static void Steps(ReadOnlySpan<byte> stage, TableWalk* walk, bool isStage2)
    {
        if (walk->Steps == 0)
        {
            Output.Row();
            Output.Cell("stage"u8, stage, 13);
            Output.Cell("end"u8, AddressWord.Describe(walk->End));
        }

        for (int i = 0; i < walk->Steps; i++)
        {
            Output.Row();
            Output.Cell("stage"u8, stage, 13);
            Output.Number("level"u8, (ulong)(walk->StartLevel + i));
            Output.HexCell("at"u8, walk->At[i], 12);
            Output.HexCell("descriptor"u8, walk->Descriptor[i]);
            if (i < walk->Steps - 1)
            {
                Output.Cell("end"u8, "table"u8);
            }
            else
            {
                Last(walk, isStage2);
            }
        }
    }

    private static void Last(TableWalk* walk, bool isStage2)
    {
        ulong descriptor = TableWalk.Last(walk);
        if (walk->End != WalkEnd.Mapped)
        {
            Output.Cell("end"u8, AddressWord.Describe(walk->End));
            return;
        }

        Output.Cell("end"u8, walk->Level == 3 ? "page"u8 : "block"u8);
        Output.Hex("output"u8, walk->Output, 12);
        if (isStage2)
        {
            Output.Flag("read"u8, (descriptor & Stage2.Read) != 0);
            Output.Flag("write"u8, (descriptor & Stage2.Write) != 0);
            Output.Flag("execute"u8, (descriptor & Stage2.ExecuteNeverMask) == 0);
        }
        else
        {
            Output.Flag("readOnly"u8, (descriptor & (1UL << 7)) != 0);
            Output.Flag("user"u8, (descriptor & (1UL << 6)) != 0);
            Output.Flag("pxn"u8, (descriptor & (1UL << 53)) != 0);
            Output.Flag("uxn"u8, (descriptor & (1UL << 54)) != 0);
            Output.Number("attribute"u8, descriptor >> 2 & 7);
        }
    }
}
