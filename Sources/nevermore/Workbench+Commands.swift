import Foundation
import Languages
import Pipeline
import PythonTarget
import Repairing
import Sandboxing
import Shipping

extension Workbench {
  /// Who is asked for a fix, in the configured order.
  func menders(failure: String) -> [Mender.Repairer] {
    workspace.repairers.map { repairer in
      switch repairer {
      case .templates: return .templates
      case .command(let words, let seconds):
        let command = command(words, seconds: seconds)
        return .other { test in
          let result = try command.repair(self.task(test, failure: failure))
          return Mender.Answer(
            proposals: result.proposals,
            objections: result.objections.map { "`\(command.name)`: \($0)" })
        }
      }
    }
  }

  /// A configured program, at the revision that the fix is for.
  private func command(_ words: [String], seconds: Int?) -> CommandRepairer {
    var limits = CommandLimits()
    if let seconds {
      limits.seconds = seconds
      limits.cpuSeconds = seconds
    }
    return CommandRepairer(words: words, workshop: workshop(at: head), limits: limits)
  }

  /// What a program is handed for a test, with what runs that test.
  private func task(
    _ test: RegressionTest, failure: String, crashState: [OperandState] = []
  ) -> RepairTask {
    RepairTask(
      failure: failure, test: test, crashState: crashState,
      command: workspace.settings.interpreter.command(for: test.text, test.style.framework))
  }

  private func workshop(at revision: Revision) -> Workshop {
    Workshop(
      root: workspace.root, isConfined: isSandboxed,
      mounts: workspace.settings.interpreter.mounts(),
      programs: [workspace.settings.interpreter.programs], environment: Interpreter.environment,
      generated: Interpreter.generated,
      export: { [repository] folder in try repository.export(revision, to: folder) },
      original: { [repository] path in try repository.contents(of: path, at: revision) },
      isClean: { [scrubbing] evidence in scrubbing.leak(in: [evidence]) == nil })
  }
}
