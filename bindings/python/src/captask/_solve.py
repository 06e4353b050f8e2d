"""``solve`` with the solution of each task's type.

Generated (make generate). Do not edit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, overload

from ._answer import Answer
from ._help import keywords
from ._request import TaskLike
from ._typing import Unpack
from .config import OPTIONS_HELP, Options

if TYPE_CHECKING:
    from . import solutions, tasks
    from ._request import Untyped


class Solve:
    """The method ``solve`` of Client."""

    if TYPE_CHECKING:

        @overload
        def solve(
            self, task: tasks.TurnstileChallengeTokenTask, *, extra: object = None, **options: Unpack[Options]
        ) -> Answer[solutions.TurnstileChallengeTokenSolution]: ...

        @overload
        def solve(
            self, task: tasks.TurnstileCfClearanceTask, *, extra: object = None, **options: Unpack[Options]
        ) -> Answer[solutions.TurnstileCfClearanceSolution]: ...

        @overload
        def solve(
            self, task: tasks.TurnstileWaitRoomTask, *, extra: object = None, **options: Unpack[Options]
        ) -> Answer[solutions.TurnstileWaitRoomSolution]: ...

        @overload
        def solve(
            self, task: tasks.GeetestV4Task, *, extra: object = None, **options: Unpack[Options]
        ) -> Answer[solutions.GeetestV4Solution]: ...

        @overload
        def solve(  # type: ignore[overload-overlap]
            self, task: tasks.RecognitionOoclRotateNewTask, *, extra: object = None, **options: Unpack[Options]
        ) -> Answer[solutions.RecognitionOoclRotateNewSolution]: ...

        @overload
        def solve(  # type: ignore[overload-overlap]
            self, task: tasks.RecognitionOoclRotateDoubleNewTask, *, extra: object = None, **options: Unpack[Options]
        ) -> Answer[solutions.RecognitionOoclRotateDoubleNewSolution]: ...

        @overload
        def solve(  # type: ignore[overload-overlap]
            self, task: tasks.RecognitionBetpunch3x3RotateTask, *, extra: object = None, **options: Unpack[Options]
        ) -> Answer[solutions.RecognitionBetpunch3x3RotateSolution]: ...

        @overload
        def solve(  # type: ignore[overload-overlap]
            self, task: tasks.RecognitionBaiduTask, *, extra: object = None, **options: Unpack[Options]
        ) -> Answer[solutions.RecognitionBaiduSolution]: ...

        @overload
        def solve(  # type: ignore[overload-overlap]
            self, task: tasks.RecognitionBls3x3Task, *, extra: object = None, **options: Unpack[Options]
        ) -> Answer[solutions.RecognitionBls3x3Solution]: ...

        @overload
        def solve(  # type: ignore[overload-overlap]
            self, task: tasks.RecognitionSheinTask, *, extra: object = None, **options: Unpack[Options]
        ) -> Answer[solutions.RecognitionSheinSolution]: ...

        @overload
        def solve(  # type: ignore[overload-overlap]
            self, task: tasks.RecognitionBillsAudioTask, *, extra: object = None, **options: Unpack[Options]
        ) -> Answer[solutions.RecognitionBillsAudioSolution]: ...

        @overload
        def solve(  # type: ignore[overload-overlap]
            self, task: tasks.RecognitionDliTask, *, extra: object = None, **options: Unpack[Options]
        ) -> Answer[solutions.RecognitionDliSolution]: ...

        @overload
        def solve(  # type: ignore[overload-overlap]
            self, task: tasks.RecognitionMathSumTask, *, extra: object = None, **options: Unpack[Options]
        ) -> Answer[solutions.RecognitionMathSumSolution]: ...

        @overload
        def solve(  # type: ignore[overload-overlap]
            self, task: tasks.RecognitionPortugalTextFindIconTask, *, extra: object = None, **options: Unpack[Options]
        ) -> Answer[solutions.RecognitionPortugalTextFindIconSolution]: ...

        @overload
        def solve(
            self, task: tasks.AmazonChallengeAndCaptchaTask, *, extra: object = None, **options: Unpack[Options]
        ) -> Answer[solutions.AmazonChallengeAndCaptchaSolution]: ...

        @overload
        def solve(
            self, task: tasks.AmazonChallengeOnlyTask, *, extra: object = None, **options: Unpack[Options]
        ) -> Answer[solutions.AmazonChallengeOnlySolution]: ...

        @overload
        def solve(
            self, task: tasks.HuntMetaTokenTask, *, extra: object = None, **options: Unpack[Options]
        ) -> Answer[solutions.HuntMetaTokenSolution]: ...

        @overload
        def solve(
            self, task: tasks.HuntWidgetTask, *, extra: object = None, **options: Unpack[Options]
        ) -> Answer[solutions.HuntWidgetSolution]: ...

        @overload
        def solve(
            self, task: tasks.AlibabaPunishTask, *, extra: object = None, **options: Unpack[Options]
        ) -> Answer[solutions.AlibabaPunishSolution]: ...

        @overload
        def solve(
            self, task: tasks.RecaptchaV2Task, *, extra: object = None, **options: Unpack[Options]
        ) -> Answer[solutions.RecaptchaV2Solution]: ...

        @overload
        def solve(
            self, task: tasks.RecaptchaV2EnterpriseTask, *, extra: object = None, **options: Unpack[Options]
        ) -> Answer[solutions.RecaptchaV2EnterpriseSolution]: ...

        @overload
        def solve(
            self, task: tasks.RecaptchaV3Task, *, extra: object = None, **options: Unpack[Options]
        ) -> Answer[solutions.RecaptchaV3Solution]: ...

        @overload
        def solve(
            self, task: tasks.RecaptchaV3EnterpriseTask, *, extra: object = None, **options: Unpack[Options]
        ) -> Answer[solutions.RecaptchaV3EnterpriseSolution]: ...

        @overload
        def solve(
            self, task: tasks.TurnstileTask, *, extra: object = None, **options: Unpack[Options]
        ) -> Answer[solutions.TurnstileSolution]: ...

        @overload
        def solve(
            self, task: tasks.GeetestV3Task, *, extra: object = None, **options: Unpack[Options]
        ) -> Answer[solutions.GeetestV3Solution]: ...

        @overload
        def solve(
            self, task: tasks.ImageToTextTask, *, extra: object = None, **options: Unpack[Options]
        ) -> Answer[solutions.ImageToTextSolution]: ...

        @overload
        def solve(
            self, task: tasks.ComplexImageRecaptchaTask, *, extra: object = None, **options: Unpack[Options]
        ) -> Answer[solutions.ComplexImageRecaptchaSolution]: ...

        @overload
        def solve(
            self, task: tasks.ComplexImageHcaptchaTask, *, extra: object = None, **options: Unpack[Options]
        ) -> Answer[solutions.ComplexImageHcaptchaSolution]: ...

        @overload
        def solve(
            self, task: tasks.ComplexImageFuncaptchaTask, *, extra: object = None, **options: Unpack[Options]
        ) -> Answer[solutions.ComplexImageFuncaptchaSolution]: ...

        @overload
        def solve(
            self, task: tasks.ComplexImageRecognitionTask, *, extra: object = None, **options: Unpack[Options]
        ) -> Answer[solutions.ComplexImageRecognitionSolution]: ...

        @overload
        def solve(
            self, task: tasks.FuncaptchaTask, *, extra: object = None, **options: Unpack[Options]
        ) -> Answer[solutions.FuncaptchaSolution]: ...

        @overload
        def solve(
            self, task: tasks.HcaptchaTask, *, extra: object = None, **options: Unpack[Options]
        ) -> Answer[solutions.HcaptchaSolution]: ...

        @overload
        def solve(
            self, task: tasks.AmazonCaptchaKeyTask, *, extra: object = None, **options: Unpack[Options]
        ) -> Answer[solutions.AmazonCaptchaKeySolution]: ...

        @overload
        def solve(
            self, task: tasks.DatadomeTask, *, extra: object = None, **options: Unpack[Options]
        ) -> Answer[solutions.DatadomeSolution]: ...

        @overload
        def solve(
            self, task: tasks.TendiTask, *, extra: object = None, **options: Unpack[Options]
        ) -> Answer[solutions.TendiSolution]: ...

        @overload
        def solve(
            self, task: tasks.BasiliskTask, *, extra: object = None, **options: Unpack[Options]
        ) -> Answer[solutions.BasiliskSolution]: ...

        @overload
        def solve(
            self, task: tasks.ImpervaTask, *, extra: object = None, **options: Unpack[Options]
        ) -> Answer[solutions.ImpervaSolution]: ...

        @overload
        def solve(
            self, task: tasks.TemuTask, *, extra: object = None, **options: Unpack[Options]
        ) -> Answer[solutions.TemuSolution]: ...

        @overload
        def solve(
            self, task: tasks.AltchaTask, *, extra: object = None, **options: Unpack[Options]
        ) -> Answer[solutions.AltchaSolution]: ...

        @overload
        def solve(
            self, task: tasks.CastleTask, *, extra: object = None, **options: Unpack[Options]
        ) -> Answer[solutions.CastleSolution]: ...

        @overload
        def solve(
            self, task: tasks.TspdTask, *, extra: object = None, **options: Unpack[Options]
        ) -> Answer[solutions.TspdSolution]: ...

        @overload
        def solve(
            self, task: tasks.HuntXhdTask, *, extra: object = None, **options: Unpack[Options]
        ) -> Answer[solutions.HuntXhdSolution]: ...

        @overload
        def solve(
            self, task: tasks.AlibabaTask, *, extra: object = None, **options: Unpack[Options]
        ) -> Answer[solutions.AlibabaSolution]: ...

        @overload
        def solve(
            self, task: tasks.FriendlyTask, *, extra: object = None, **options: Unpack[Options]
        ) -> Answer[solutions.FriendlySolution]: ...

        @overload
        def solve(
            self, task: tasks.BinanceTask, *, extra: object = None, **options: Unpack[Options]
        ) -> Answer[solutions.BinanceSolution]: ...

        @overload
        def solve(
            self, task: tasks.ProsopoTask, *, extra: object = None, **options: Unpack[Options]
        ) -> Answer[solutions.ProsopoSolution]: ...

        @overload
        def solve(
            self, task: tasks.YidunTask, *, extra: object = None, **options: Unpack[Options]
        ) -> Answer[solutions.YidunSolution]: ...

        @overload
        def solve(
            self, task: tasks.MtcaptchaTask, *, extra: object = None, **options: Unpack[Options]
        ) -> Answer[solutions.MtcaptchaSolution]: ...

        @overload
        def solve(
            self, task: tasks.AnyTask, *, extra: object = None, **options: Unpack[Options]
        ) -> Answer: ...

        @overload
        def solve(self, task: Untyped, *, extra: object = None, **options: Unpack[Options]) -> Answer: ...

    @keywords(Options.__annotations__, OPTIONS_HELP)
    def solve(self, task: TaskLike, *, extra: object = None, **options: Unpack[Options]) -> Answer:
        """Buys a task and waits for its answer; raises a CaptaskError when it fails.

        ``task`` is the service's task object: a dict, a dataclass or a pydantic model (of these, members that are None
        are left out); or ``Adopt(task_id)`` for a task bought before. Pictures and sounds in it may be bytes, a
        pathlib.Path (the file is read), an open binary file, a Pillow image, or base64 text.

        ``options`` are those of ``captask.describe("request")``, callbackUrl and softId, in milliseconds, and
        ``timeout`` in seconds. ``extra`` comes back in the answer and never leaves the library. Ctrl-C gives the task
        up.
        """
        return self._solve(task, extra, options)

    def _solve(self, task: TaskLike, extra: object, options: Any) -> Answer:
        raise NotImplementedError


class AsyncSolve:
    """The method ``solve`` of AsyncClient."""

    if TYPE_CHECKING:

        @overload
        async def solve(
            self, task: tasks.TurnstileChallengeTokenTask, *, extra: object = None, **options: Unpack[Options]
        ) -> Answer[solutions.TurnstileChallengeTokenSolution]: ...

        @overload
        async def solve(
            self, task: tasks.TurnstileCfClearanceTask, *, extra: object = None, **options: Unpack[Options]
        ) -> Answer[solutions.TurnstileCfClearanceSolution]: ...

        @overload
        async def solve(
            self, task: tasks.TurnstileWaitRoomTask, *, extra: object = None, **options: Unpack[Options]
        ) -> Answer[solutions.TurnstileWaitRoomSolution]: ...

        @overload
        async def solve(
            self, task: tasks.GeetestV4Task, *, extra: object = None, **options: Unpack[Options]
        ) -> Answer[solutions.GeetestV4Solution]: ...

        @overload
        async def solve(  # type: ignore[overload-overlap]
            self, task: tasks.RecognitionOoclRotateNewTask, *, extra: object = None, **options: Unpack[Options]
        ) -> Answer[solutions.RecognitionOoclRotateNewSolution]: ...

        @overload
        async def solve(  # type: ignore[overload-overlap]
            self, task: tasks.RecognitionOoclRotateDoubleNewTask, *, extra: object = None, **options: Unpack[Options]
        ) -> Answer[solutions.RecognitionOoclRotateDoubleNewSolution]: ...

        @overload
        async def solve(  # type: ignore[overload-overlap]
            self, task: tasks.RecognitionBetpunch3x3RotateTask, *, extra: object = None, **options: Unpack[Options]
        ) -> Answer[solutions.RecognitionBetpunch3x3RotateSolution]: ...

        @overload
        async def solve(  # type: ignore[overload-overlap]
            self, task: tasks.RecognitionBaiduTask, *, extra: object = None, **options: Unpack[Options]
        ) -> Answer[solutions.RecognitionBaiduSolution]: ...

        @overload
        async def solve(  # type: ignore[overload-overlap]
            self, task: tasks.RecognitionBls3x3Task, *, extra: object = None, **options: Unpack[Options]
        ) -> Answer[solutions.RecognitionBls3x3Solution]: ...

        @overload
        async def solve(  # type: ignore[overload-overlap]
            self, task: tasks.RecognitionSheinTask, *, extra: object = None, **options: Unpack[Options]
        ) -> Answer[solutions.RecognitionSheinSolution]: ...

        @overload
        async def solve(  # type: ignore[overload-overlap]
            self, task: tasks.RecognitionBillsAudioTask, *, extra: object = None, **options: Unpack[Options]
        ) -> Answer[solutions.RecognitionBillsAudioSolution]: ...

        @overload
        async def solve(  # type: ignore[overload-overlap]
            self, task: tasks.RecognitionDliTask, *, extra: object = None, **options: Unpack[Options]
        ) -> Answer[solutions.RecognitionDliSolution]: ...

        @overload
        async def solve(  # type: ignore[overload-overlap]
            self, task: tasks.RecognitionMathSumTask, *, extra: object = None, **options: Unpack[Options]
        ) -> Answer[solutions.RecognitionMathSumSolution]: ...

        @overload
        async def solve(  # type: ignore[overload-overlap]
            self, task: tasks.RecognitionPortugalTextFindIconTask, *, extra: object = None, **options: Unpack[Options]
        ) -> Answer[solutions.RecognitionPortugalTextFindIconSolution]: ...

        @overload
        async def solve(
            self, task: tasks.AmazonChallengeAndCaptchaTask, *, extra: object = None, **options: Unpack[Options]
        ) -> Answer[solutions.AmazonChallengeAndCaptchaSolution]: ...

        @overload
        async def solve(
            self, task: tasks.AmazonChallengeOnlyTask, *, extra: object = None, **options: Unpack[Options]
        ) -> Answer[solutions.AmazonChallengeOnlySolution]: ...

        @overload
        async def solve(
            self, task: tasks.HuntMetaTokenTask, *, extra: object = None, **options: Unpack[Options]
        ) -> Answer[solutions.HuntMetaTokenSolution]: ...

        @overload
        async def solve(
            self, task: tasks.HuntWidgetTask, *, extra: object = None, **options: Unpack[Options]
        ) -> Answer[solutions.HuntWidgetSolution]: ...

        @overload
        async def solve(
            self, task: tasks.AlibabaPunishTask, *, extra: object = None, **options: Unpack[Options]
        ) -> Answer[solutions.AlibabaPunishSolution]: ...

        @overload
        async def solve(
            self, task: tasks.RecaptchaV2Task, *, extra: object = None, **options: Unpack[Options]
        ) -> Answer[solutions.RecaptchaV2Solution]: ...

        @overload
        async def solve(
            self, task: tasks.RecaptchaV2EnterpriseTask, *, extra: object = None, **options: Unpack[Options]
        ) -> Answer[solutions.RecaptchaV2EnterpriseSolution]: ...

        @overload
        async def solve(
            self, task: tasks.RecaptchaV3Task, *, extra: object = None, **options: Unpack[Options]
        ) -> Answer[solutions.RecaptchaV3Solution]: ...

        @overload
        async def solve(
            self, task: tasks.RecaptchaV3EnterpriseTask, *, extra: object = None, **options: Unpack[Options]
        ) -> Answer[solutions.RecaptchaV3EnterpriseSolution]: ...

        @overload
        async def solve(
            self, task: tasks.TurnstileTask, *, extra: object = None, **options: Unpack[Options]
        ) -> Answer[solutions.TurnstileSolution]: ...

        @overload
        async def solve(
            self, task: tasks.GeetestV3Task, *, extra: object = None, **options: Unpack[Options]
        ) -> Answer[solutions.GeetestV3Solution]: ...

        @overload
        async def solve(
            self, task: tasks.ImageToTextTask, *, extra: object = None, **options: Unpack[Options]
        ) -> Answer[solutions.ImageToTextSolution]: ...

        @overload
        async def solve(
            self, task: tasks.ComplexImageRecaptchaTask, *, extra: object = None, **options: Unpack[Options]
        ) -> Answer[solutions.ComplexImageRecaptchaSolution]: ...

        @overload
        async def solve(
            self, task: tasks.ComplexImageHcaptchaTask, *, extra: object = None, **options: Unpack[Options]
        ) -> Answer[solutions.ComplexImageHcaptchaSolution]: ...

        @overload
        async def solve(
            self, task: tasks.ComplexImageFuncaptchaTask, *, extra: object = None, **options: Unpack[Options]
        ) -> Answer[solutions.ComplexImageFuncaptchaSolution]: ...

        @overload
        async def solve(
            self, task: tasks.ComplexImageRecognitionTask, *, extra: object = None, **options: Unpack[Options]
        ) -> Answer[solutions.ComplexImageRecognitionSolution]: ...

        @overload
        async def solve(
            self, task: tasks.FuncaptchaTask, *, extra: object = None, **options: Unpack[Options]
        ) -> Answer[solutions.FuncaptchaSolution]: ...

        @overload
        async def solve(
            self, task: tasks.HcaptchaTask, *, extra: object = None, **options: Unpack[Options]
        ) -> Answer[solutions.HcaptchaSolution]: ...

        @overload
        async def solve(
            self, task: tasks.AmazonCaptchaKeyTask, *, extra: object = None, **options: Unpack[Options]
        ) -> Answer[solutions.AmazonCaptchaKeySolution]: ...

        @overload
        async def solve(
            self, task: tasks.DatadomeTask, *, extra: object = None, **options: Unpack[Options]
        ) -> Answer[solutions.DatadomeSolution]: ...

        @overload
        async def solve(
            self, task: tasks.TendiTask, *, extra: object = None, **options: Unpack[Options]
        ) -> Answer[solutions.TendiSolution]: ...

        @overload
        async def solve(
            self, task: tasks.BasiliskTask, *, extra: object = None, **options: Unpack[Options]
        ) -> Answer[solutions.BasiliskSolution]: ...

        @overload
        async def solve(
            self, task: tasks.ImpervaTask, *, extra: object = None, **options: Unpack[Options]
        ) -> Answer[solutions.ImpervaSolution]: ...

        @overload
        async def solve(
            self, task: tasks.TemuTask, *, extra: object = None, **options: Unpack[Options]
        ) -> Answer[solutions.TemuSolution]: ...

        @overload
        async def solve(
            self, task: tasks.AltchaTask, *, extra: object = None, **options: Unpack[Options]
        ) -> Answer[solutions.AltchaSolution]: ...

        @overload
        async def solve(
            self, task: tasks.CastleTask, *, extra: object = None, **options: Unpack[Options]
        ) -> Answer[solutions.CastleSolution]: ...

        @overload
        async def solve(
            self, task: tasks.TspdTask, *, extra: object = None, **options: Unpack[Options]
        ) -> Answer[solutions.TspdSolution]: ...

        @overload
        async def solve(
            self, task: tasks.HuntXhdTask, *, extra: object = None, **options: Unpack[Options]
        ) -> Answer[solutions.HuntXhdSolution]: ...

        @overload
        async def solve(
            self, task: tasks.AlibabaTask, *, extra: object = None, **options: Unpack[Options]
        ) -> Answer[solutions.AlibabaSolution]: ...

        @overload
        async def solve(
            self, task: tasks.FriendlyTask, *, extra: object = None, **options: Unpack[Options]
        ) -> Answer[solutions.FriendlySolution]: ...

        @overload
        async def solve(
            self, task: tasks.BinanceTask, *, extra: object = None, **options: Unpack[Options]
        ) -> Answer[solutions.BinanceSolution]: ...

        @overload
        async def solve(
            self, task: tasks.ProsopoTask, *, extra: object = None, **options: Unpack[Options]
        ) -> Answer[solutions.ProsopoSolution]: ...

        @overload
        async def solve(
            self, task: tasks.YidunTask, *, extra: object = None, **options: Unpack[Options]
        ) -> Answer[solutions.YidunSolution]: ...

        @overload
        async def solve(
            self, task: tasks.MtcaptchaTask, *, extra: object = None, **options: Unpack[Options]
        ) -> Answer[solutions.MtcaptchaSolution]: ...

        @overload
        async def solve(
            self, task: tasks.AnyTask, *, extra: object = None, **options: Unpack[Options]
        ) -> Answer: ...

        @overload
        async def solve(self, task: Untyped, *, extra: object = None, **options: Unpack[Options]) -> Answer: ...

    @keywords(Options.__annotations__, OPTIONS_HELP)
    async def solve(self, task: TaskLike, *, extra: object = None, **options: Unpack[Options]) -> Answer:
        """Buys a task and waits for its answer; raises a CaptaskError when it fails. See Client.solve.

        Cancelling the await gives the task up; the exception that cancels it has captask's CancelledError as its
        ``__cause__``, with the task_id that is paid for.
        """
        return await self._solve(task, extra, options)

    async def _solve(self, task: TaskLike, extra: object, options: Any) -> Answer:
        raise NotImplementedError
