// One file that QEMU's guest-loader puts into memory, and where. Boot modules lie behind Nestor in the first GiB of RAM, and in
// as many further ones as they need; the guests' own memory is behind them.
using Nestor.Tools.Support;

namespace Nestor.Tools.Launch;

public sealed record BootModule(ulong Address, string File, bool IsInitrd, string Arguments, bool IsGuestMemory = false)
{
    // RAM starts at 1 GiB. QEMU loads Nestor at its start and the device tree 128 MiB above.
    private const ulong First = 0x4a00_0000;
    private const ulong RamStart = 0x4000_0000;
    private const ulong MemoryStart = 0x8000_0000;
    private const ulong Granule = 0x20_0000;

    /// <summary>Most bytes of a module that is memory of a restored guest; such a module lies behind Nestor's own GiB.</summary>
    public const long MemoryPiece = 1L << 30;

    // As many as Nestor takes, for all guests together.
    private const int Most = 32;

    /// <summary>Bytes from the start of RAM, whole GiB, that belong to Nestor and the boot modules, memory of restored guests left out.</summary>
    public static long OwnMemory(IEnumerable<GuestDescription> guests)
    {
        ulong end = Place(guests).Where(module => !module.IsGuestMemory).Select(module => module.Address + (ulong)ImageInspector.Plain(module.File)).DefaultIfEmpty(MemoryStart).Max();
        return MemorySize.RoundUp(Math.Max((long)end, (long)MemoryStart) - (long)RamStart, MemorySize.GiB);
    }

    /// <summary>
    /// The modules of all guests in order of address: for each guest its kernel (or firmware), its
    /// symbols, its initrd, its further modules. Nestor reads them in the same order.
    /// </summary>
    public static IReadOnlyList<BootModule> Place(IEnumerable<GuestDescription> guests)
    {
        List<BootModule> modules = [];
        ulong next = First;
        ulong memory = MemoryStart;
        foreach (GuestDescription guest in guests)
        {
            Add(guest.Bios ?? guest.Kernel!, false, guest.Append);
            if (guest.Symbols is not null)
            {
                Add(guest.Symbols, false, "");
            }

            if (guest.IsRestored)
            {
                AddMemory(guest);
                continue;
            }

            if (guest.Initrd is not null)
            {
                Add(guest.Initrd, true, "");
            }

            foreach (GuestModule module in guest.Modules)
            {
                Add(module.File, module.IsInitrd, module.Arguments);
            }
        }

        return modules.Count <= Most
            ? modules
            : throw new UsageException($"{modules.Count} boot modules for all guests together; at most {Most} are possible");

        void AddMemory(GuestDescription guest)
        {
            foreach (string file in (string[])[guest.Initrd!, .. guest.Modules.Select(module => module.File)])
            {
                modules.Add(new BootModule(memory, file, true, "", IsGuestMemory: true));
                memory += (ulong)new FileInfo(file).Length;
            }

            memory = (memory + (ulong)MemoryPiece - 1) & ~((ulong)MemoryPiece - 1);
        }

        void Add(string file, bool isInitrd, string arguments)
        {
            modules.Add(new BootModule(next, file, isInitrd, arguments));
            next = (next + (ulong)ImageInspector.Plain(file) + Granule - 1) & ~(Granule - 1);
        }
    }
}
