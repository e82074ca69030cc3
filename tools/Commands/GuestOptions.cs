// The options that describe one guest, or name the file that describes several.
using System.CommandLine;
using Nestor.Tools.Launch;
using Nestor.Tools.Support;

namespace Nestor.Tools.Commands;

internal sealed class GuestOptions
{
    private readonly Option<string?> _kernel = new("--kernel")
    {
        HelpName = "FILE",
        Description = "the guest's kernel: arm64 Image, ELF or code, also packed (default: Debian's cloud kernel 6.12)",
    };

    private readonly Option<string?> _initrd = new("--initrd")
    {
        HelpName = "FILE",
        Description = "the guest's initial RAM disk (default with the default kernel: busybox)",
    };

    private readonly Option<bool> _vmm = new("--vmm")
    {
        Description = "an initial RAM disk with QEMU for the guest's KVM: `vm 1 quiet` at its shell starts a guest of its own",
    };

    private readonly Option<string?> _append = new("--append")
    {
        HelpName = "TEXT",
        Description = "the guest's command line; added to the default kernel's own",
    };

    private readonly Option<int?> _cpus = NumberOption.Create(
        "--cpus", "N", "the guest's CPUs, 1 to 8 (default: 2)");

    private readonly Option<string?> _memory = new("--memory")
    {
        HelpName = "SIZE",
        Description = "the guest's memory (default: 1G)",
    };

    private readonly Option<string[]> _modules = new("--module")
    {
        HelpName = "FILE[:ARGS]",
        Description = "a further boot module for the guest; initrd=FILE is a ramdisk for the one before it; repeatable",
    };

    private readonly Option<string?> _bios = new("--bios")
    {
        HelpName = "FILE",
        Description = "firmware at address 0 instead of a kernel",
    };

    private readonly Option<string?> _guests = new("--guests")
    {
        HelpName = "FILE",
        Description = "several guests, described in TOML",
    };

    private readonly Option<string?> _restore = new("--restore")
    {
        HelpName = "FILE",
        Description = "go on from a snapshot that the monitor's save has written",
    };

    private readonly Option<string?> _symbols = new("--symbols")
    {
        HelpName = "FILE",
        Arity = ArgumentArity.ZeroOrOne,
        Description = "give the monitor the names of the guest's kernel, or of an ELF file or a Linux Image",
    };

    private readonly Option<int?> _el = NumberOption.Create(
        "--el", "2|1", "start the guest at virtual EL2 (default) or at EL1");

    private readonly Option<int?> _nv = NumberOption.Create(
        "--nv", "2|1", "FEAT_NV2 memory redirection (default) or trap every EL2 register");

    private Option[] OfOneGuest => [_kernel, _initrd, _vmm, _append, _cpus, _memory, _modules, _bios, _symbols, _el, _nv];

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[.. OfOneGuest, _guests, _restore])
        {
            command.Add(option);
        }
    }

    /// <summary>The snapshot that the guest goes on from; null to start one.</summary>
    public string? Restore(ParseResult parsed)
    {
        if (parsed.GetValue(_restore) is not { } file)
        {
            return null;
        }

        return ((Option[])[.. OfOneGuest.Where(option => option != _symbols), _guests]).FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false }) is { } option
            ? throw new UsageException($"--restore takes the whole guest from the snapshot; {option.Name} has no place beside it")
            : FullPath(file);
    }

    /// <summary>The file with the names of a guest that goes on from a snapshot; null for none, or for a guest that starts.</summary>
    public string? RestoredSymbols(ParseResult parsed)
    {
        if (parsed.GetValue(_restore) is null || parsed.GetResult(_symbols) is null)
        {
            return null;
        }

        return FullPath(parsed.GetValue(_symbols)) ?? throw new UsageException("a snapshot has no kernel to take names from: beside --restore, --symbols wants a file");
    }

    /// <param name="parsed">The words.</param>
    /// <param name="inputs">For a list of guests that comes through a pipe, whose paths are relative to the current directory.</param>
    public IReadOnlyList<GuestRequest> Requests(ParseResult parsed, InputFiles inputs)
    {
        if (parsed.GetValue(_guests) is not { } file)
        {
            return [One(parsed)];
        }

        if (OfOneGuest.FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false }) is { } option)
        {
            throw new UsageException($"{option.Name} describes one guest; with --guests write it into {file}");
        }

        string path = FullPath(file)!;
        string regular = inputs.Regular(path, GuestFile.Largest, "a list of guests may have, 1 MiB");
        return GuestFile.Read(regular, regular == path ? null : Directory.GetCurrentDirectory());
    }

    private GuestRequest One(ParseResult parsed)
    {
        string directory = Directory.GetCurrentDirectory();
        return new GuestRequest
        {
            Kernel = FullPath(parsed.GetValue(_kernel)),
            Initrd = FullPath(parsed.GetValue(_initrd)),
            Bios = FullPath(parsed.GetValue(_bios)),
            HasVmm = parsed.GetValue(_vmm),
            Append = parsed.GetValue(_append),
            Modules = [.. (parsed.GetValue(_modules) ?? []).Select(text => GuestModule.Parse(text, directory))],
            Symbols = parsed.GetResult(_symbols) is null ? null : parsed.GetValue(_symbols) is { } program ? FullPath(program) : "",
            Cpus = parsed.GetValue(_cpus),
            Memory = parsed.GetValue(_memory) is { } size ? MemorySize.Parse(size, "--memory") : null,
            El = parsed.GetValue(_el),
            Nv = parsed.GetValue(_nv),
        };
    }

    private static string? FullPath(string? path) => path switch
    {
        null => null,
        "" => throw new UsageException("a file name is empty"),
        _ => Path.GetFullPath(path),
    };
}
