// All commands of ./build.sh. Parsing errors become UsageExceptions, so they look like all others.
using System.CommandLine;
using Nestor.Tools.Registers;
using Nestor.Tools.Support;

namespace Nestor.Tools.Commands;

public static class CommandLine
{
    public static async Task<int> InvokeAsync(string[] arguments)
    {
        // What follows -- is QEMU's alone; the parser never sees it.
        string[] own = [.. arguments.TakeWhile(word => word != "--")];
        string[] qemuArguments = [.. arguments.Skip(own.Length + 1)];

        ParseResult parsed = Root(qemuArguments).Parse(own);
        if (parsed.Errors.Count > 0)
        {
            throw new UsageException(parsed.UnmatchedTokens.Count == 0
                ? parsed.Errors[0].Message
                : $"unknown word '{parsed.UnmatchedTokens[0]}'; {Help(parsed)} lists what there is");
        }

        InvocationConfiguration configuration = new()
        {
            Output = StandardStream.Output,
            Error = StandardStream.Error,
            // Program says what went wrong, and the launcher minds the signals itself.
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        };
        return await parsed.InvokeAsync(configuration).ConfigureAwait(false);
    }

    private static string Help(ParseResult parsed) =>
        parsed.CommandResult.Command is RootCommand ? "./build.sh --help" : $"./build.sh {parsed.CommandResult.Command.Name} --help";

    private static RootCommand Root(IReadOnlyList<string> qemuArguments)
    {
        RootCommand root = new("Nestor, a bare-metal Arm hypervisor with nested virtualization. Without a command: build.")
        {
            HelpName = "./build.sh",
        };
        root.SetAction(_ => Preparation.BuildAll());

        Command build = new("build", "Build out/nestor, out/nestor.elf and the test guests.");
        build.SetAction(_ => Preparation.BuildAll());
        root.Add(build);

        root.Add(new RunCommand("run", "Boot guests under QEMU, with the console on this terminal.", false, qemuArguments));
        root.Add(new RunCommand("debug", "The same as run, waiting for gdb.", true, qemuArguments));
        root.Add(new ReplayCommand());
        root.Add(new DemoCommand(qemuArguments));
        root.Add(new TestCommand());
        root.Add(new BenchCommand());
        root.Add(new FuzzCommand());
        root.Add(new SuiteCommand());
        root.Add(new TraceCommand());
        root.Add(new SymbolsCommand());

        Command generate = new("generate", "Write the sources that follow from the register table.");
        generate.SetAction(_ => Generator.Run(RepositoryRoot.Path));
        root.Add(generate);
        return root;
    }
}
