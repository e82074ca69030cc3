// What several commands do before their own work.
using Nestor.Tools.Build;
using Nestor.Tools.Dependencies;
using Nestor.Tools.Support;

namespace Nestor.Tools.Commands;

internal static class Preparation
{
    public static void Build()
    {
        Requirements.Ensure([Purpose.Build]);
        KernelBuild.Run(RepositoryRoot.Path);
    }

    public static void BuildAll()
    {
        Build();
        PayloadBuild.Run(RepositoryRoot.Path);
    }
}
