// The ITS's tables, in the guest's memory. Their format is ours to choose, but whatever stands there when it is read, the
// guest may have written: every address goes through VirtualMachine.Memory, every number is checked where it is used.
//
//   device       63 valid | 51:8 address of its interrupt table | 4:0 bits of EventID, minus one
//   collection   63 valid | 15:0 vCPU
//   interrupt    63 valid | 31:16 INTID | 15:0 collection

namespace Nestor.Kernel;

/// <summary>Finding entries. Null where the guest has provided no memory for one.</summary>
internal static unsafe class ItsTables
{
    /// <summary>Most numbers that a device, an event or a collection can have.</summary>
    internal const uint Numbers = 1 << 16;

    /// <summary>An entry counts.</summary>
    internal const ulong Valid = 1UL << 63;

    /// <summary>Address bits of a device's interrupt table.</summary>
    internal const ulong InterruptTableAddress = 0x000F_FFFF_FFFF_FF00;

    private const ulong Indirect = 1UL << 62;
    private const ulong EntrySize = sizeof(ulong);
    private const ulong PageAddress = 0x000F_FFFF_FFFF_F000;

    internal static ulong* Device(VirtualGic* gic, uint device) => Entry(gic->Machine, gic->Its.DeviceTable, device);

    internal static ulong* Collection(VirtualGic* gic, uint collection) => Entry(gic->Machine, gic->Its.CollectionTable, collection);

    internal static ulong* Interrupt(VirtualGic* gic, uint device, uint interrupt)
    {
        ulong* entry = Device(gic, device);
        ulong value = entry == null ? 0 : *entry;
        return (value & Valid) == 0 || interrupt >= 2UL << (int)(value & 31)
            ? null
            : At(gic->Machine, (value & InterruptTableAddress) + (interrupt * EntrySize));
    }

    // A table by its GITS_BASER: flat, or pages named by a first page or several.
    private static ulong* Entry(VirtualMachine* machine, ulong table, uint number)
    {
        ulong pageSize = (table >> 8 & 3) switch { 0 => 0x1000, 1 => 0x4000, _ => 0x1_0000 };
        ulong size = ((table & 0xFF) + 1) * pageSize;
        if ((table & Valid) == 0 || number >= Numbers)
        {
            return null;
        }

        ulong offset = number * EntrySize;
        if ((table & Indirect) == 0)
        {
            return offset < size ? At(machine, Base(table, pageSize) + offset) : null;
        }

        ulong page = offset / pageSize * EntrySize;
        ulong* first = page < size ? At(machine, Base(table, pageSize) + page) : null;
        ulong value = first == null ? 0 : *first;
        return (value & Valid) == 0 ? null : At(machine, (value & PageAddress & ~(pageSize - 1)) + (offset % pageSize));
    }

    // With pages of 64 KiB, bits 15:12 are the address's bits 51:48.
    private static ulong Base(ulong table, ulong pageSize) => pageSize == 0x1_0000
        ? (table & 0xFFFF_FFFF_0000) | ((table & 0xF000) << 36)
        : table & 0xFFFF_FFFF_F000;

    private static ulong* At(VirtualMachine* machine, ulong address) =>
        (ulong*)VirtualMachine.Memory(machine, new Ipa(address), EntrySize);
}
