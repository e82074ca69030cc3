// Reads unittests.cfg of kvm-unit-tests: sections of `key = value`. What Nestor's machines always are (the GIC's version) is
// dropped; a test that wants another machine says why it cannot run.
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Nestor.Tools.Launch;
using Nestor.Tools.Support;

namespace Nestor.Tools.Suites;

/// <summary>The list of tests.</summary>
public static partial class UnitTestsConfig
{
    /// <summary>The value of $MAX_SMP.</summary>
    public const int MostCpus = 4;

    private const long DefaultMemory = 256 * MemorySize.MiB;

    /// <summary>Reads the tests of a file; their images are in a directory.</summary>
    /// <exception cref="UsageException">The file makes no sense; the message has its line.</exception>
    public static IReadOnlyList<SuiteTest> Parse(string file, IEnumerable<string> lines, string directory)
    {
        List<SuiteTest> tests = [];
        string? name = null;
        Dictionary<string, string> values = [];
        int number = 0;
        foreach (string line in lines.Select(line => line.Trim()))
        {
            number++;
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            if (line[0] == '[' && line[^1] == ']')
            {
                Add();
                name = line[1..^1];
                values.Clear();
            }
            else if (name is not null && line.Split('=', 2) is [var key, var value])
            {
                values[key.Trim()] = value.Trim();
            }
            else
            {
                throw new UsageException($"{file}:{number}: '{line}' is neither a section nor `key = value`");
            }
        }

        Add();
        return tests;

        void Add()
        {
            if (name is not null)
            {
                tests.Add(Test(file, name, values, directory));
            }
        }
    }

    private static SuiteTest Test(string file, string name, Dictionary<string, string> values, string directory)
    {
        string image = values.GetValueOrDefault("file") ?? throw new UsageException($"{file}: the section {name} has no `file`");
        string append = Unquoted(values.GetValueOrDefault("test_args") ?? "");
        string? whyNot = values.GetValueOrDefault("arch") == "arm" ? "it is for 32-bit Arm" : null;
        long memory = DefaultMemory;
        List<string> others = [];
        List<string> words = Words(Unquoted(values.GetValueOrDefault("qemu_params") ?? values.GetValueOrDefault("extra_params") ?? ""));
        for (int i = 0; i < words.Count; i++)
        {
            string? next = i + 1 < words.Count ? words[i + 1] : null;
            switch (words[i])
            {
                case "-append" when next is not null:
                    append = next;
                    i++;
                    break;
                case "-m" when next is not null:
                    memory = MemorySize.Parse(next, $"{file}: {name}: -m");
                    i++;
                    break;
                case "-machine" or "-M" when next is not null && next.StartsWith("gic-version=", StringComparison.Ordinal):
                    whyNot ??= next == "gic-version=2" ? "it needs a GICv2" : null;
                    i++;
                    break;
                default:
                    others.Add(words[i]);
                    break;
            }
        }

        return new SuiteTest(name, Path.Combine(directory, image), Cpus(values.GetValueOrDefault("smp")), memory, append, others, whyNot);
    }

    // A number, or an expression of the shell: $MAX_SMP, or the smaller of it and a number that stands last.
    private static int Cpus(string? text)
    {
        if (text is null)
        {
            return 1;
        }

        MatchCollection numbers = Number().Matches(text);
        return numbers.Count > 0 && int.TryParse(numbers[^1].Value, NumberStyles.None, CultureInfo.InvariantCulture, out int cpus)
            ? Math.Clamp(cpus, 1, MostCpus)
            : MostCpus;
    }

    private static string Unquoted(string text) =>
        text.Length >= 2 && text[0] is '\'' or '"' && text[^1] == text[0] && text.IndexOf(text[0], 1) == text.Length - 1 ? text[1..^1] : text;

    // Words as the shell makes them, as far as these files go: parts in quotes stay together.
    private static List<string> Words(string text)
    {
        List<string> words = [];
        StringBuilder? word = null;
        char quote = '\0';
        foreach (char letter in text)
        {
            if (quote != '\0' ? letter == quote : letter is '\'' or '"')
            {
                quote = quote == '\0' ? letter : '\0';
                word ??= new StringBuilder();
            }
            else if (quote == '\0' && char.IsWhiteSpace(letter))
            {
                End();
            }
            else
            {
                (word ??= new StringBuilder()).Append(letter);
            }
        }

        End();
        return words;

        void End()
        {
            if (word is not null)
            {
                words.Add(word.ToString());
                word = null;
            }
        }
    }

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Number();
}
