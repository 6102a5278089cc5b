"""Every table of the database: whoever reads or migrates it as a whole imports this first."""

import app.attendance.models
import app.canvas.models
import app.canvas.voting_models
import app.comment.models
import app.identity.models
import app.partnership.models
import app.photograph.models
import app.signal.models
import app.workshop.models  # noqa: F401
