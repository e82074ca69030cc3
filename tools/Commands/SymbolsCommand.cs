// `symbols`: a file of symbols for gdb from a kernel that carries them for itself.
using System.CommandLine;
using Nestor.Tools.Launch;
using Nestor.Tools.Support;
using Nestor.Tools.Symbols;

namespace Nestor.Tools.Commands;

internal sealed class SymbolsCommand : Command
{
    private readonly Argument<string> _image = new("IMAGE") { Description = "an arm64 Linux Image" };

    private readonly Argument<string> _file = new("FILE") { Description = "the ELF file to write" };

    public SymbolsCommand()
        : base("symbols", "Write the symbols of a Linux Image to an ELF file for gdb.")
    {
        Add(_image);
        Add(_file);
        SetAction(Run);
    }

    private void Run(ParseResult parsed)
    {
        using InputFiles inputs = new();
        try
        {
            string file = MachineOptions.Writable("symbols", parsed.GetRequiredValue(_file))!;
            string image = new GuestFiles(inputs).Program(Path.GetFullPath(parsed.GetRequiredValue(_image)));
            ImageInspector.Kernel(image);
            KernelImage kernel = new(image);
            SymbolFile.Write(file, kernel);
            Progress.Line($"{kernel.Symbols.Count} symbols from {kernel.Symbols[0].Name} at 0x{kernel.Symbols[0].Address:x}");
        }
        catch (UsageException e)
        {
            throw new UsageException(inputs.Name(e.Message));
        }
    }
}
