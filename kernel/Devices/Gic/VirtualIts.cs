// The interrupt translation service (GITS_*, IHI 0069, chapter 5 and 12.19): it turns "event of a device" into "LPI of a vCPU"
// by tables that a guest fills through a queue of commands. Tables and queue are the guest's memory, so this struct is all
// that is ours. No device of Nestor's sends MSIs yet; the INT command does, and a store to GITS_TRANSLATER, which QEMU lets
// a CPU make as if it were device 0.

using System.Runtime.InteropServices;

namespace Nestor.Kernel;

/// <summary>State of a VM's ITS, and its registers. Lives in <see cref="VirtualGic"/>; guarded by the VM's GIC lock.</summary>
[StructLayout(LayoutKind.Sequential)]
public unsafe struct VirtualIts
{
    /// <summary>Bytes of the control frame and the translation frame behind it.</summary>
    public const uint FrameSize = 0x2_0000;

    private const uint Ctlr = 0x0000;
    private const uint Iidr = 0x0004;
    private const uint Typer = 0x0008;
    private const uint Cbaser = 0x0080;
    private const uint Cwriter = 0x0088;
    private const uint Creadr = 0x0090;
    private const uint Baser0 = 0x0100;
    private const uint Baser1 = 0x0108;
    private const uint Translater = 0x1_0040;

    private const uint CtlrEnabled = 1u << 0;
    private const uint CtlrQuiescent = 1u << 31;

    // Physical LPIs; ITT entries of 8 bytes; 16 bits each of EventID, DeviceID and ICID; vCPUs are named by number (PTA clear).
    private const ulong TyperValue = 1 | (7UL << 4) | (15UL << 8) | (15UL << 13) | (15UL << 32) | (1UL << 36);

    private const ulong TableFixed = (7UL << 56) | (31UL << 48);
    private const ulong DeviceTableType = (1UL << 56) | (7UL << 48);
    private const ulong CollectionTableType = (4UL << 56) | (7UL << 48);
    private const ulong OffsetMask = 0xF_FFE0;
    private const ulong Retry = 1;
    private const ulong PagesOf64KiB = 2UL << 8;

    /// <summary>GITS_CTLR.Enabled: 0 or 1.</summary>
    public uint Enabled;

    /// <summary>GITS_CREADR.Stalled: the command there could not be read. 0 or 1.</summary>
    public uint Stalled;

    /// <summary>GITS_CBASER.</summary>
    public ulong QueueBase;

    /// <summary>GITS_CWRITER: offset behind the last command.</summary>
    public ulong WriteOffset;

    /// <summary>GITS_CREADR: offset of the next command.</summary>
    public ulong ReadOffset;

    /// <summary>GITS_BASER0, without the fields that cannot be written.</summary>
    public ulong DeviceTable;

    /// <summary>GITS_BASER1, likewise.</summary>
    public ulong CollectionTable;

    /// <summary>The reset of registers that are not zero then; the others are zero already.</summary>
    public static void Reset(VirtualIts* its)
    {
        its->DeviceTable = PagesOf64KiB;
        its->CollectionTable = PagesOf64KiB;
    }

    /// <summary>Reads <paramref name="size"/> bytes (1, 2, 4 or 8) at <paramref name="offset"/> of the frames.</summary>
    public static ulong Read(VirtualGic* gic, uint offset, uint size)
    {
        VirtualIts* its = &gic->Its;
        if (!WideRegister.Answers(offset, size))
        {
            return 0;
        }

        switch (offset)
        {
            case Ctlr when size == 4:
                return its->Enabled != 0 ? CtlrEnabled : CtlrQuiescent;
            case Iidr when size == 4:
                return VirtualGicIdentification.Implementer;
            case >= VirtualGicIdentification.Start and < VirtualGicIdentification.Start + 0x30 when size == 4:
                return VirtualGicIdentification.Read(offset);
        }

        return WideRegister.Read((offset & ~7u) switch
        {
            Typer => TyperValue,
            Cbaser => its->QueueBase,
            Cwriter => its->WriteOffset,
            Creadr => its->ReadOffset | its->Stalled,
            Baser0 => its->DeviceTable | DeviceTableType,
            Baser1 => its->CollectionTable | CollectionTableType,
            _ => 0,
        }, offset, size);
    }

    /// <summary>
    /// Writes. <see cref="ItsCommands.Process"/> must follow. Returns the vCPUs to kick. Base registers are read-only while the
    /// ITS is enabled, a choice that the architecture gives.
    /// </summary>
    public static uint Write(VirtualGic* gic, uint offset, uint size, ulong value)
    {
        VirtualIts* its = &gic->Its;
        if (offset == Translater && size is 2 or 4)
        {
            return its->Enabled != 0 ? ItsCommands.Signal(gic, 0, (uint)value) : 0;
        }

        if (!WideRegister.Answers(offset, size))
        {
            return 0;
        }

        bool open = its->Enabled == 0;
        switch (offset & ~7u)
        {
            case Ctlr when offset == Ctlr && size == 4:
                its->Enabled = (uint)value & CtlrEnabled;
                break;
            case Cbaser when open:
                its->QueueBase = WideRegister.Write(its->QueueBase, offset, size, value);
                its->ReadOffset = 0;
                its->Stalled = 0;
                break;
            case Cwriter:
                value = WideRegister.Write(its->WriteOffset, offset, size, value);
                its->WriteOffset = value & OffsetMask;
                its->Stalled &= ~(uint)(value & Retry);
                break;
            case Baser0 when open:
                its->DeviceTable = WideRegister.Write(its->DeviceTable, offset, size, value) & ~TableFixed;
                break;
            case Baser1 when open:
                its->CollectionTable = WideRegister.Write(its->CollectionTable, offset, size, value) & ~TableFixed;
                break;
        }

        return 0;
    }
}
