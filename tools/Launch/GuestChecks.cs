// Everything that can be wrong with a guest, found before anything is started or fetched: one clear
// line each, naming the guest and what to write instead.
using Nestor.Tools.Support;

namespace Nestor.Tools.Launch;

public static class GuestChecks
{
    public const long LeastMemory = 16 * MemorySize.MiB;

    // Stage 2 is made of blocks of 2 MiB.
    private const long MemoryGranule = 2 * MemorySize.MiB;

    private const long MostFirmware = 64 * MemorySize.MiB;
    private const int MostModules = 8;
    private const int LongestName = 15;
    private const int LongestArguments = 2048;

    /// <summary>The part that needs no default filled in; run before downloads and builds.</summary>
    public static void CheckRequest(GuestRequest guest, string name)
    {
        CheckName(name);
        if (guest.Cpus is < 1 or > GuestDescription.MostCpus)
        {
            throw new UsageException($"{Label(name)}: cpus is {guest.Cpus}; it must be 1 to {GuestDescription.MostCpus}");
        }

        if (guest.El is not (null or 1 or 2))
        {
            throw new UsageException($"{Label(name)}: el is {guest.El}; it must be 2 (virtual EL2) or 1");
        }

        if (guest.Nv is not (null or 1 or 2))
        {
            throw new UsageException($"{Label(name)}: nv is {guest.Nv}; it must be 2 (FEAT_NV2) or 1 (trap everything)");
        }

        if (guest.Bios is not null && (guest.Kernel is not null || guest.Initrd is not null || guest.Append is not null))
        {
            throw new UsageException($"{Label(name)}: bios takes no kernel, initrd or append beside it");
        }

        if (guest.HasVmm && (guest.Bios is not null || guest.Initrd is not null))
        {
            throw new UsageException($"{Label(name)}: vmm is an initrd, and takes no other and no bios beside it");
        }

        if (guest is { Bios: not null, Symbols: "" })
        {
            throw new UsageException($"{Label(name)}: firmware has no symbols of its own; name a file of them");
        }

        if (guest.Modules.Count > MostModules)
        {
            throw new UsageException($"{Label(name)}: {guest.Modules.Count} modules; at most {MostModules} are possible");
        }

        // Nestor would take one that follows the kernel for the guest's own.
        if (guest.Modules.FirstOrDefault() is { IsInitrd: true } first)
        {
            throw new UsageException(
                $"{Label(name)}: the first module is the initrd {first.File}; it follows the kernel module that it belongs to (the guest's own is --initrd)");
        }

        CheckArguments(guest.Append ?? "", $"{Label(name)}: append");
        foreach (GuestModule module in guest.Modules)
        {
            CheckArguments(module.Arguments, $"{Label(name)}: arguments of {module.File}");
        }

        CheckMemory(name, guest.Memory ?? GuestDescription.DefaultMemory, Needed(guest));
    }

    /// <summary>The rest, once every default is filled in.</summary>
    public static void CheckGuests(IReadOnlyList<GuestDescription> guests)
    {
        foreach (GuestDescription guest in guests)
        {
            GuestRequest request = new()
            {
                Kernel = guest.Kernel,
                Bios = guest.Bios,
                Initrd = guest.Initrd,
                Modules = guest.Modules,
            };
            CheckMemory(guest.Name, guest.Memory, Needed(request));
        }
    }

    public static void CheckTogether(IReadOnlyList<string> names)
    {
        if (names.Count > GuestDescription.MostGuests)
        {
            throw new UsageException($"{names.Count} guests; at most {GuestDescription.MostGuests} are possible");
        }

        foreach (IGrouping<string, string> same in names.GroupBy(name => name).Where(group => group.Count() > 1))
        {
            throw new UsageException($"two guests are named {same.Key}");
        }
    }

    public static void CheckName(string name)
    {
        bool good = name.Length is > 0 and <= LongestName
            && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
        if (!good)
        {
            throw new UsageException(
                $"guest name '{name}': use letters, digits, - and _, at most {LongestName} of them");
        }
    }

    // A guest alone has no name that the user gave, so none to tell it by.
    private static string Label(string name) => name == GuestResolver.OnlyName ? name : $"guest {name}";

    private static void CheckArguments(string text, string what)
    {
        if (text.Length > LongestArguments)
        {
            throw new UsageException($"{what}: longer than {LongestArguments} characters");
        }

        if (text.Any(char.IsControl))
        {
            throw new UsageException($"{what}: control characters cannot be passed");
        }
    }

    private static void CheckMemory(string name, long memory, long needed)
    {
        if (memory % MemoryGranule != 0)
        {
            throw new UsageException($"{Label(name)}: memory {MemorySize.Show(memory)} is not a multiple of 2M");
        }

        if (memory < needed)
        {
            throw new UsageException(
                $"{Label(name)}: memory {MemorySize.Show(memory)} is too little; it needs {MemorySize.Show(needed)}");
        }
    }

    /// <summary>Looks into the files that are named, and adds up what they take.</summary>
    private static long Needed(GuestRequest guest)
    {
        long[] modules = [.. guest.Modules.Select(module => ImageInspector.Plain(module.File))];
        long initrd = guest.Initrd is null ? 0 : ImageInspector.Plain(guest.Initrd);
        if (guest.Bios is not null && ImageInspector.Plain(guest.Bios) > MostFirmware)
        {
            throw new UsageException($"{guest.Bios} is too large for firmware; the flash holds {MemorySize.Show(MostFirmware)}");
        }

        ImageInfo kernel = guest.Kernel is null ? new ImageInfo(ImageKind.Raw, 0, 0, 0) : ImageInspector.Kernel(guest.Kernel);
        return Math.Max(LeastMemory, GuestLayout.Least(kernel, initrd, modules));
    }
}
