// Reads several guests from a TOML file: one [[guest]] table each. Whatever is not understood is an
// error with its line, because a misspelt key that is silently ignored costs an afternoon.
using Nestor.Tools.Support;
using Tomlyn;
using Tomlyn.Parsing;
using Tomlyn.Syntax;

namespace Nestor.Tools.Launch;

public static class GuestFile
{
    /// <summary>Most bytes of a file.</summary>
    public const int Largest = 1 << 20;

    /// <param name="path">The file.</param>
    /// <param name="directory">Where relative paths in it begin; null for its own directory.</param>
    public static IReadOnlyList<GuestRequest> Read(string path, string? directory = null)
    {
        if (ImageInspector.Plain(path) > Largest)
        {
            throw new UsageException($"{path} is too large for a list of guests: more than {MemorySize.ShowFile(Largest)}");
        }

        return Parse(File.ReadAllText(path), path, directory);
    }

    public static IReadOnlyList<GuestRequest> Parse(string text, string path, string? directory = null)
    {
        directory ??= Path.GetDirectoryName(Path.GetFullPath(path))!;
        DocumentSyntax document = Document(text, path);
        foreach (DiagnosticMessage message in document.Diagnostics)
        {
            throw At(path, message.Span, message.Message);
        }

        foreach (KeyValueSyntax item in document.KeyValues)
        {
            throw At(path, item.Span, $"unknown key '{KeyOf(item.Key)}' outside of a [[guest]] table");
        }

        List<GuestRequest> guests = [];
        foreach (TableSyntaxBase table in document.Tables)
        {
            string name = KeyOf(table.Name);
            if (table is not TableArraySyntax || name != "guest")
            {
                throw At(path, table.Span, $"unknown table '{name}'; guests are written as [[guest]]");
            }

            guests.Add(Guest(table, path, directory));
        }

        return guests.Count > 0 ? guests : throw new UsageException($"{path}: no [[guest]] in it");
    }

    // What nests too deep, and what ends in the middle of an escape, the parser does not report but throws.
    private static DocumentSyntax Document(string text, string path)
    {
        try
        {
            return SyntaxParser.Parse(text, path, validate: true);
        }
        catch (Exception e) when (e is TomlException or ArgumentException)
        {
            throw new UsageException($"{path} cannot be read as TOML: it nests too deep, or ends in the middle of a string");
        }
    }

    private static GuestRequest Guest(TableSyntaxBase table, string path, string directory)
    {
        GuestRequest guest = new();
        foreach (KeyValueSyntax item in table.Items)
        {
            ValueSyntax value = item.Value!;
            string key = KeyOf(item.Key);
            try
            {
                guest = key switch
                {
                    "name" => guest with { Name = Text(key, value) },
                    "kernel" => guest with { Kernel = Path.GetFullPath(Text(key, value), directory) },
                    "initrd" => guest with { Initrd = Path.GetFullPath(Text(key, value), directory) },
                    "vmm" => guest with { HasVmm = Truth(key, value) },
                    "bios" => guest with { Bios = Path.GetFullPath(Text(key, value), directory) },
                    "modules" => guest with
                    {
                        Modules = [.. Texts(key, value).Select(text => GuestModule.Parse(text, directory))],
                    },
                    "append" => guest with { Append = Text(key, value) },
                    "symbols" => guest with { Symbols = Symbols(key, value, directory) },
                    "start" => guest with { Start = Truth(key, value) },
                    "cpus" => guest with { Cpus = Number(key, value) },
                    "memory" => guest with { Memory = Size(key, value) },
                    "el" => guest with { El = Number(key, value) },
                    "nv" => guest with { Nv = Number(key, value) },
                    _ => throw new UsageException(
                        $"unknown key '{key}'; known are name, kernel, initrd, vmm, bios, modules, append, symbols, start, cpus, memory, el, nv"),
                };
            }
            catch (UsageException e)
            {
                throw At(path, item.Span, e.Message);
            }
        }

        return guest;
    }

    private static string Text(string key, ValueSyntax value) =>
        value is StringValueSyntax { Value: { } text }
            ? !text.Contains('\0') ? text : throw new UsageException($"{key} has a NUL in it")
            : throw new UsageException($"{key} must be a string");

    private static bool Truth(string key, ValueSyntax value) =>
        value is BooleanValueSyntax truth ? truth.Value : throw new UsageException($"{key} must be true or false");

    private static string? Symbols(string key, ValueSyntax value, string directory) =>
        value is not BooleanValueSyntax own ? Path.GetFullPath(Text(key, value), directory) : own.Value ? "" : null;

    private static IEnumerable<string> Texts(string key, ValueSyntax value) =>
        value is ArraySyntax array
            ? array.Items.Select(item => Text(key, item.Value!))
            : throw new UsageException($"{key} must be a list of strings");

    private static int Number(string key, ValueSyntax value) =>
        value is IntegerValueSyntax { Value: >= 0 and <= int.MaxValue } number
            ? (int)number.Value
            : throw new UsageException($"{key} must be a number");

    private static long Size(string key, ValueSyntax value) =>
        value is IntegerValueSyntax number
            ? MemorySize.Parse(number.Value.ToString(System.Globalization.CultureInfo.InvariantCulture), key)
            : MemorySize.Parse(Text(key, value), key);

    private static string KeyOf(KeySyntax? key) => key?.ToString().Trim() ?? "";

    private static UsageException At(string path, SourceSpan span, string message) =>
        new($"{path}, line {span.Start.Line + 1}: {message.ReplaceLineEndings("\\n")}");
}
